"""JSONL files that become records of a dataset, one result for each batch of lines."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from mistral_core import Err, InvalidRequestError, MistralCore, Request, Response, SDKError
from mistral_core.testing import json_response
from mistral_funcs import RecordBatch, beta_observability_datasets_import_jsonl


class Server:
    """A server that refuses a record without a question, and counts requests at a time."""

    api_key = "key"

    def __init__(self) -> None:
        """Start without requests."""
        self.running = self.most = 0

    async def send(self, request: Request) -> Response:
        """Create a record."""
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0)
        self.running -= 1
        assert isinstance(request.body, bytes)
        payload = json.loads(request.body)["payload"]
        if "question" not in payload:
            return json_response({"message": "no question"}, 400)
        return json_response({"id": str(payload["question"]), "payload": payload})

    async def aclose(self) -> None:
        """Do nothing."""


async def batches(server: Server, path: Path, **arguments: Any) -> list[RecordBatch]:
    """Import a file."""
    client = MistralCore(transport=server)
    imported = beta_observability_datasets_import_jsonl(client, "d", path, **arguments)
    return [each.unwrap() async for each in imported]


async def test_each_batch_has_its_records_and_errors(tmp_path: Path) -> None:
    """By the numbers of the lines, blank ones included."""
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


async def test_requests_at_a_time_are_bounded(tmp_path: Path) -> None:
    """And there are as many as allowed."""
    path = tmp_path / "records.jsonl"
    path.write_text('{"question": 1}\n' * 20)
    server = Server()
    (batch,) = await batches(server, path, max_requests=3)
    assert len(batch.records) == 20
    assert server.most == 3


@pytest.mark.parametrize("wrong", [{"batch_size": 0}, {"max_requests": 0}, {}])
async def test_what_cannot_be_imported_is_an_error(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """Here the file is missing too."""
    imported = beta_observability_datasets_import_jsonl(
        MistralCore(transport=Server()), "d", tmp_path / "missing", **wrong
    )
    (only,) = [each async for each in imported]
    assert isinstance(only, Err)
    assert isinstance(only.error, InvalidRequestError)
    assert only.error.param == next(iter(wrong), "path")
