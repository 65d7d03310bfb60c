"""Import of JSONL files as records of a dataset, with one result per batch of lines."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    Request,
    RequestTimeoutError,
    Response,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import RecordBatch, beta_observability_datasets_import_jsonl

ONCE = RetryConfig(strategy="none")


class Server:
    """A server that refuses records without a question, and counts concurrent requests."""

    api_key = "key"

    def __init__(self) -> None:
        """Start without requests."""
        self.running = self.most = 0
        self.refusals: dict[int, Response] = {}
        self.bodies: list[dict[str, Any]] = []

    async def send(self, request: Request) -> Response:
        """Create a record."""
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0)
        self.running -= 1
        assert isinstance(request.body, bytes)
        self.bodies.append(json.loads(request.body))
        payload = self.bodies[-1]["payload"]
        if payload.get("question") in self.refusals:
            return self.refusals[payload["question"]]
        if "question" not in payload:
            return json_response({"message": "no question"}, 400)
        return json_response({"id": str(payload["question"]), "payload": payload})

    async def aclose(self) -> None:
        """Do nothing."""


async def batches(server: Server, path: Path, **arguments: Any) -> list[RecordBatch]:
    """Import a file, and return the successful batches."""
    return [each.unwrap() for each in await results_of(server, path, **arguments)]


async def results_of(
    server: Server, path: Path, **arguments: Any
) -> list[Result[RecordBatch, Failure]]:
    """Import a file, and return the results."""
    client = MistralCore(transport=server, retry_config=ONCE)
    imported = beta_observability_datasets_import_jsonl(client, "d", path, **arguments)
    return [each async for each in imported]


async def test_each_batch_has_its_records_and_errors(tmp_path: Path) -> None:
    """By line number, with blank lines counted."""
    lines = ['{"question": 1}', "", "{", "[]", '{"other": 1}', '{"question": 6}']
    path = tmp_path / "records.jsonl"
    path.write_text("\n".join(lines))
    first, second = await batches(Server(), path, batch_size=4)
    assert (first.first_line, first.last_line, [*first.records]) == (1, 4, [1])
    assert "Line 3 is not JSON" in str(first.errors[3])
    assert "Line 4 is not a JSON object" in str(first.errors[4])
    assert (second.first_line, second.last_line) == (5, 6)
    assert isinstance(second.errors[5], SDKError)
    assert second.records[6].payload == {"question": 6}


async def test_concurrent_requests_are_bounded(tmp_path: Path) -> None:
    """As many as allowed run at once."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"question": 1}\n' * 20)
    server = Server()
    (batch,) = await batches(server, path, max_requests=3)
    assert len(batch.records) == 20
    assert server.most == 3


async def test_import_is_resumed_at_a_line(tmp_path: Path) -> None:
    """Line numbers are those of the file. All records have the same properties."""
    path = tmp_path / "records.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"question": 1}\r\n{"question": 2}\r\n{"question": 3}')
    server = Server()
    (batch,) = await batches(server, path, first_line=2, properties={"split": "test"})
    assert (batch.first_line, batch.last_line, [*batch.records]) == (2, 3, [2, 3])
    assert [each["properties"] for each in server.bodies] == [{"split": "test"}] * 2
    (all_lines,) = await batches(server, path)
    assert [*all_lines.records] == [1, 2, 3]
    assert await batches(server, path, first_line=9) == []


async def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the length of a line, and of all lines in a batch."""
    monkeypatch.setattr("mistral_funcs.toolkit.datasets.line_batches.MAX_BYTES", 64)
    path = tmp_path / "records.jsonl"
    line = '{"question": 1}\n'
    path.write_text(f"{line * 5}{'x' * 200}\n{line}{' ' * 200}")
    results = await batches(Server(), path)
    assert [(each.first_line, each.last_line) for each in results] == [(1, 4), (5, 8)]
    assert [*results[1].records] == [5, 7]
    assert {line: str(error) for line, error in results[1].errors.items()} == {
        line: f"Line {line} has 16 MiB or more" for line in (6, 8)
    }


@pytest.mark.parametrize("status", [401, 404, 503])
async def test_import_stops_if_the_server_accepts_no_record(tmp_path: Path, status: int) -> None:
    """The last batch has the errors of its lines, and the error follows."""
    path = tmp_path / "records.jsonl"
    path.write_text("[]\n" + '{"question": 1}\n' * 9)
    server = Server()
    server.refusals[1] = json_response({"message": "no"}, status)
    items = await results_of(server, path, batch_size=3)
    batch, last = items
    assert isinstance(batch, Ok)
    assert [*batch.value.errors] == [1, 2, 3]
    assert last == Err(batch.value.errors[2])
    assert len(server.bodies) == 2


@pytest.mark.parametrize("error", [APIConnectionError("gone"), RequestTimeoutError("late")])
async def test_import_stops_if_the_server_is_unreachable(
    tmp_path: Path, error: APIConnectionError | RequestTimeoutError
) -> None:
    """Nothing more is sent."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"question": 1}\n' * 9)
    client = MistralCore("key", transport=ScriptedTransport(error, error), retry_config=ONCE)
    imported = beta_observability_datasets_import_jsonl(client, "d", path, batch_size=2)
    *_, last = [each async for each in imported]
    assert last == Err(error)


async def test_import_stops_without_a_key(tmp_path: Path) -> None:
    """Before anything is sent."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"question": 1}\n' * 9)
    imported = beta_observability_datasets_import_jsonl(MistralCore(), "d", path)
    *_, last = [each async for each in imported]
    assert isinstance(last, Err)
    assert "No API key" in str(last.error)


async def test_import_continues_if_some_records_are_accepted(tmp_path: Path) -> None:
    """Or if each refusal is about a record."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"question": 1}\n{"question": 2}\n{"other": 1}\n{"other": 2}\n{"question": 2}')
    server = Server()
    server.refusals[1] = json_response({"message": "busy"}, 503)
    results = await batches(server, path, batch_size=2)
    assert [[*each.records] for each in results] == [[2], [], [5]]


async def test_file_that_becomes_unreadable_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a failing disk."""
    path = tmp_path / "records.jsonl"
    path.write_text("{}")

    def fail(*_: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr("mistral_funcs.toolkit.datasets.record_import.LineReader.read", fail)
    (only,) = await results_of(Server(), path)
    assert isinstance(only, Err)
    assert str(only.error) == "`path` cannot be read: disk"


async def test_directory_cannot_be_imported(tmp_path: Path) -> None:
    """A directory has no lines."""
    (only,) = await results_of(Server(), tmp_path)
    assert isinstance(only, Err)
    assert isinstance(only.error, InvalidRequestError)


@pytest.mark.parametrize("wrong", [{"first_line": 0}, {"batch_size": 0}, {"max_requests": 0}, {}])
async def test_invalid_import_is_an_error(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """Here it is also a missing file."""
    imported = beta_observability_datasets_import_jsonl(
        MistralCore(transport=Server()), "d", tmp_path / "missing", **wrong
    )
    (only,) = [each async for each in imported]
    assert isinstance(only, Err)
    assert isinstance(only.error, InvalidRequestError)
    assert only.error.param == next(iter(wrong), "path")
