"""Batches of any size: exactly one outcome for each request, whatever happens."""

import asyncio
import json
import random
import re
import shutil
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    MistralCore,
    Ok,
    Request,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    SDKError,
    operation_of,
)
from mistral_funcs import (
    batch_jobs_create,
    batch_jobs_get,
    files_download,
    files_upload,
    run_batch,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.schemas import BatchRequest, ChatCompletionResponse
from mistral_funcs.toolkit.batching import lookup, submit
from tests.funcs.batch_runs import CHAT, Dying, Lossy, advancing, ask, run, texts

PROGRAM = Path(__file__).with_name("batch_program.py")


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove all pauses."""
    monkeypatch.setattr(submit, "PAUSE", 0)


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox, None]:
    """Yield a sandbox whose jobs progress by themselves."""
    async with advancing() as advancing_sandbox:
        yield advancing_sandbox


async def test_each_request_has_its_outcome(sandbox: Sandbox, tmp_path: Path) -> None:
    """By ID, over several parts. Valid responses have the requested class."""
    requests = (ask(f"text {number}", f"id {number}") for number in range(25))
    items = await run(sandbox, requests, tmp_path, max_requests=10, metadata={"team": "search"})
    assert texts(items) == {f"id {number}": f"You said: text {number}" for number in range(25)}
    jobs = [work.details for work in sandbox.state.batch_jobs.values()]
    assert [job.total_requests for job in jobs] == [10, 10, 5]
    assert {(job.model, str(job.metadata)) for job in jobs} == {
        ("open-mistral-7b", "{'team': 'search'}")
    }


async def test_a_second_run_has_the_same_outcomes(sandbox: Sandbox, tmp_path: Path) -> None:
    """They are read from disk. Nothing is sent, and the source is not read."""
    first = await run(sandbox, [ask("a"), ask("b")], tmp_path, max_requests=1)
    sent = len(sandbox.requests)
    assert texts(await run(sandbox, (), tmp_path)) == texts(first)
    assert len(sandbox.requests) == sent


async def test_requests_may_have_several_forms(sandbox: Sandbox, tmp_path: Path) -> None:
    """Classes, mappings and asynchronous sources. The default ID is the number of the request."""

    async def source() -> AsyncIterator[Any]:
        yield BatchRequest(body=ask("a")["body"])
        yield BatchRequest(custom_id="mine", body=ask("b")["body"])
        yield ask("c")

    assert texts(await run(sandbox, source(), tmp_path)) == {
        "0": "You said: a",
        "mine": "You said: b",
        "2": "You said: c",
    }


async def test_no_requests_are_no_outcomes(sandbox: Sandbox, tmp_path: Path) -> None:
    """It is no error."""
    assert await run(sandbox, [], tmp_path) == []


async def test_a_repeated_id_has_two_outcomes(sandbox: Sandbox, tmp_path: Path) -> None:
    """In two jobs, because a job accepts each ID once."""
    items = await run(sandbox, [ask("a", "x"), ask("b", "x"), ask("c", "y")], tmp_path)
    outcomes = [item.unwrap() for item in items]
    assert sorted((each.custom_id, each.result.unwrap().text) for each in outcomes) == [
        ("x", "You said: a"),
        ("x", "You said: b"),
        ("y", "You said: c"),
    ]


async def test_the_size_of_a_part_is_limited(sandbox: Sandbox, tmp_path: Path) -> None:
    """The API limits the size of files."""
    await run(sandbox, [ask("x" * 400) for _ in range(6)], tmp_path, max_bytes=1000)
    assert [work.details.total_requests for work in sandbox.state.batch_jobs.values()] == [2, 2, 2]


async def test_a_request_may_fail_alone(sandbox: Sandbox, tmp_path: Path) -> None:
    """Refused by the API, or not serializable: it has an `Err`, and the others succeed."""
    requests: list[Any] = [
        ask("a"),
        {"body": {"messages": "no list"}},
        {"body": {"messages": [], "temperature": float("nan")}},
        {"body": {"messages": object()}},
        ask("b"),
    ]
    items = await run(sandbox, requests, tmp_path)
    assert texts(items) == {
        "0": "You said: a",
        "1": HTTPValidationError.__name__,
        "2": InvalidRequestError.__name__,
        "3": InvalidRequestError.__name__,
        "4": "You said: b",
    }
    assert texts(await run(sandbox, requests, tmp_path)) == texts(items)


async def test_a_batch_without_valid_requests_ends(sandbox: Sandbox, tmp_path: Path) -> None:
    """Without a job."""
    items = await run(sandbox, [{"body": {"x": object()}}], tmp_path)
    assert texts(items) == {"0": "InvalidRequestError"}
    assert sandbox.state.batch_jobs == {}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("FAILED", APIConnectionError),
        ("CANCELLED", APIConnectionError),
        ("TIMEOUT_EXCEEDED", RequestTimeoutError),
    ],
)
async def test_a_failed_job_leaves_errs(status: str, kind: type, tmp_path: Path) -> None:
    """One for each request without a result, with the job and its status."""
    lines = [
        {"custom_id": "0", "response": {"status_code": 200, "body": {"id": "a"}}},
        {"custom_id": "0", "response": {"status_code": 200, "body": {"id": "twice"}}},
        {"custom_id": "stranger", "response": {"status_code": 200, "body": {"id": "b"}}},
    ]
    scripted = Scripted(status, lines)
    items = await run(scripted, [ask("a"), ask("b")], tmp_path)
    first, second = [item.unwrap() for item in items]
    assert first.result.unwrap().id == "a"
    assert isinstance(second.result, Err)
    assert isinstance(second.result.error, kind)
    assert f"job-1 ended with status {status}" in second.result.error.message


class Scripted:
    """A server with a single job that ends at once, with these results."""

    def __init__(self, status: str, lines: list[Any], raw: bytes = b"", **files: Any) -> None:
        """Take the status of the job, the lines of its results, and the IDs of its files."""
        self.api_key = "key"
        self._files = {"output_file": "out", **files}
        self._status = status
        self._output = raw or b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    async def send(self, request: Request) -> Response:
        """Respond to any request."""
        path = request.url.partition("?")[0].rpartition("/v1/")[2]
        if path.endswith("/content"):
            return Response(200, body=self._output)
        job = {"id": "job-1", "status": self._status, "input_files": ["f"], **self._files}
        response = {"id": "f"} if path == "files" else job
        return Response(200, body=json.dumps(response).encode())

    async def aclose(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("line", "kind", "says"),
    [
        ({"response": {"status_code": 429, "body": {"message": "slow"}}}, SDKError, "slow"),
        ({"response": {"status_code": 400, "body": '{"message": "bad"}'}}, SDKError, "bad"),
        (
            {"response": {"status_code": 422, "body": {"detail": "no"}}},
            HTTPValidationError,
            "no",
        ),
        ({"response": None, "error": {"message": "lost"}}, SDKError, "lost"),
        ({"error": "lost"}, SDKError, "lost"),
        ({"response": {"status_code": 0, "body": {}}, "error": {"message": "o"}}, SDKError, "o"),
        (
            {"response": {"status_code": 200, "body": {"choices": {}}}},
            ResponseValidationError,
            "$.choices",
        ),
        ({"response": {"status_code": 200, "body": "x"}}, ResponseValidationError, "an object"),
        (
            {"response": {"status_code": 200, "body": {"message": "under maintenance"}}},
            ResponseValidationError,
            "under maintenance",
        ),
        (
            {"response": {"status_code": 200, "body": {"error": {"message": "o", "code": 429}}}},
            SDKError,
            "429 Too Many Requests: o",
        ),
    ],
)
async def test_a_result_is_read_in_every_shape(
    line: dict[str, Any], kind: type, says: str, tmp_path: Path
) -> None:
    """A failed request has the same error as a direct call."""
    scripted = Scripted("SUCCESS", [{"custom_id": "0", **line}])
    (item,) = await run(scripted, [ask("a")], tmp_path)
    result = item.unwrap().result
    assert isinstance(result, Err)
    assert isinstance(result.error, kind)
    assert says in str(result.error)


def response_line(body: bytes, status: bytes = b"200", custom_id: bytes = b"0") -> bytes:
    """Return a result line with this JSON body."""
    head = b'{"id": "r", "custom_id": "%b", "response": {"status_code": %b, "body": '
    return head % (custom_id, status) + body + b"}}"


GOOD = response_line(b'{"id": "x"}', custom_id=b"1") + b"\n"
BAD = {
    "a lone surrogate in a body": response_line(rb'{"x": "\ud800"}'),
    "a lone surrogate as a body": response_line(rb'"\udfff"'),
    "an infinite number in a body": response_line(b'{"x": 1e999}'),
    "NaN": response_line(b'{"id": "x", "created": NaN}'),
    "truncated": response_line(b'{"id": "x"}')[:-8],
    "two objects": b'{"custom_id": "0"} {"custom_id": "1"}',
    "not UTF-8": response_line(b'{"id": "\xff"}'),
    "too deep": response_line(b"[" * 100_000),
    "too many digits": response_line(b"1" * 5_000),
    "no response": b'{"custom_id": "0"}',
    "an invalid response": b'{"custom_id": "0", "response": 7, "error": null}',
}
BAD_ERRORS = {
    "an error with a success status": response_line(b'{"error": {"message": "bad"}}'),
    "a lone surrogate in an error": response_line(rb'{"message": "bad \ud800"}', b"400"),
    "a lone surrogate as an error": response_line(rb'"bad \ud800"', b"400"),
    "an infinite number in an error": b'{"custom_id": "0", "error": {"code": 1e999}}',
    "an infinite number as a status": response_line(b'"bad"', b"1e999"),
    "a status without a body": b'{"custom_id": "0", "response": {"status_code": 400}}',
}


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("name", [*BAD, *BAD_ERRORS])
async def test_an_invalid_result_is_an_err(name: str, place: str, tmp_path: Path) -> None:
    """With the line as its body.

    Nothing is raised, and no other result is lost, in this run or the next.
    """
    bad = {**BAD, **BAD_ERRORS}[name] + b"\n"
    scripted = Scripted("SUCCESS", [], bad + GOOD if place == "first" else GOOD + bad)
    for _ in range(2):
        items = await run(scripted, [ask("a"), ask("b")], tmp_path)
        results = {item.unwrap().custom_id: item.unwrap().result for item in items}
        assert len(items) == 2
        assert results["1"].unwrap().id == "x"
        assert isinstance(results["0"], Err)
        error = results["0"].error
        if name in BAD:
            assert isinstance(error, ResponseValidationError)
            assert error.body == bad
        else:
            assert isinstance(error, SDKError)
        str(error).encode()


@pytest.mark.parametrize(
    "line",
    [
        b"{oops",
        b"[1]",
        b"7",
        b"\xff",
        b'{"response": {"status_code": 200, "body": {"id": "x"}}}',
        b'{"custom_id": null, "response": {"status_code": 200, "body": {"id": "x"}}}',
        b'{"custom_id": ["None"], "response": {"status_code": 200, "body": {"id": "x"}}}',
        b'{"response": {"status_code": 200, "body": {"custom_id": "None", "id": "x"}}}',
    ],
)
async def test_a_result_without_an_id_is_counted(line: bytes, tmp_path: Path) -> None:
    """It is assigned to no request."""
    raw = line + b"\n \n" + GOOD
    items = await run(Scripted("SUCCESS", [], raw), [ask("a", "None"), ask("b", "1")], tmp_path)
    results = {item.unwrap().custom_id: item.unwrap().result for item in items}
    assert isinstance(results["None"], Err)
    assert isinstance(results["None"].error, APIConnectionError)
    assert results["None"].error.message.endswith("Results without a request id: 1")
    assert results["1"].unwrap().id == "x"


@pytest.mark.parametrize("none", ["", " ", None])
async def test_a_job_may_have_no_or_one_result_file(none: str | None, tmp_path: Path) -> None:
    """An empty ID is no file."""
    for number, files in enumerate([("out", none), (none, "err"), (none, none)]):
        output_file, error_file = files
        scripted = Scripted("CANCELLED", [], GOOD, output_file=output_file, error_file=error_file)
        items = await run(scripted, [ask("a"), ask("b")], tmp_path / str(number))
        results = {item.unwrap().custom_id: item.unwrap().result for item in items}
        assert len(items) == 2
        assert isinstance(results["0"], Err)
        assert isinstance(
            results["1"], Ok if any(files) and files != (" ", " ") and number < 2 else Err
        )


@pytest.mark.parametrize("status", [404, 410])
async def test_missing_results_are_errs(status: int, sandbox: Sandbox, tmp_path: Path) -> None:
    """For the requests of that job. A later run downloads them again."""
    sandbox.fail(status, on=files_download)
    requests = [ask(f"text {number}") for number in range(4)]
    first = texts(await run(sandbox, requests, tmp_path, max_requests=2, max_jobs=1))
    assert first == {
        "0": "SDKError",
        "1": "SDKError",
        "2": "You said: text 2",
        "3": "You said: text 3",
    }
    assert "SDKError" not in texts(await run(sandbox, (), tmp_path)).values()
    assert len(sandbox.state.batch_jobs) == 2


# ------------------------------------------------------------------------- errors and interruptions


async def only_error(transport: Any, requests: Any, folder: Path, **options: Any) -> Failure:
    """Return the only item of a batch, which must be an error."""
    *_, last = await run(transport, requests, folder, **options)
    assert isinstance(last, Err)
    return last.error


async def test_an_err_is_the_last_item_and_the_next_run_resumes(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Nothing is done twice."""
    requests = [ask(f"text {number}") for number in range(6)]
    sandbox.fail(401, on=batch_jobs_create)
    error = await only_error(sandbox, requests, tmp_path, max_requests=2, max_jobs=1)
    assert isinstance(error, SDKError)
    items = await run(sandbox, requests, tmp_path, max_requests=2)
    assert texts(items) == {str(number): f"You said: text {number}" for number in range(6)}
    assert len(sandbox.state.batch_jobs) == 3


@pytest.mark.parametrize(
    "operation",
    [operation_of(files_upload), operation_of(batch_jobs_create), operation_of(files_download)],
    ids=lambda each: each.path,
)
@pytest.mark.parametrize("fault", [503, APIConnectionError("cut")])
async def test_temporary_failures_are_retried(
    operation: Any, fault: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    """The batch does not end."""
    sandbox.fail(fault, times=3, on=operation)
    assert texts(await run(sandbox, [ask("a")], tmp_path)) == {"0": "You said: a"}


async def test_a_persistent_failure_ends_the_batch(sandbox: Sandbox, tmp_path: Path) -> None:
    """After some attempts. The next run resumes."""
    for operation in (operation_of(files_upload), operation_of(batch_jobs_create)):
        sandbox.fail(503, times=5, on=operation)
        assert isinstance(await only_error(sandbox, [ask("a")], tmp_path), SDKError)
    assert texts(await run(sandbox, [ask("a")], tmp_path)) == {"0": "You said: a"}
    assert len(sandbox.state.batch_jobs) == 1


async def test_a_job_whose_response_was_lost_is_found(sandbox: Sandbox, tmp_path: Path) -> None:
    """It is not created again."""
    lossy = Lossy(sandbox, operation_of(batch_jobs_create), 1)
    assert texts(await run(lossy, [ask("a")], tmp_path)) == {"0": "You said: a"}
    assert len(sandbox.state.batch_jobs) == 1


@pytest.mark.parametrize(
    "operation",
    [operation_of(files_upload), operation_of(batch_jobs_create)],
    ids=lambda each: each.path,
)
async def test_work_of_a_killed_process_is_found(
    operation: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    """A file and a job that it could not record."""
    for _ in range(3):
        files, jobs = len(sandbox.state.files), len(sandbox.state.batch_jobs)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(
                run(Dying(sandbox, operation, 1), [ask("a")], tmp_path / str(files)), 0.2
            )
        (manifest,) = tmp_path.glob(f"{files}/manifest.json")  # noqa: ASYNC240
        name = f"copy-of-batch-{json.loads(manifest.read_text())['batch_id']}-00000.jsonl"
        store_file(sandbox.state, content=b"", filename=name, purpose="batch")
        await run(sandbox, [ask("another batch")], tmp_path / f"other-{files}")
        items = await run(sandbox, [ask("a")], tmp_path / str(files))
        assert texts(items) == {"0": "You said: a"}
        assert len(sandbox.state.files) == files + 5  # of both requests and results, and the copy
        assert len(sandbox.state.batch_jobs) == jobs + 2


async def test_a_wait_for_a_job_is_resumed(tmp_path: Path) -> None:
    """By another process that knows its ID."""
    sandbox = Sandbox(progress="manual")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(run(sandbox, [ask("a")], tmp_path), 0.3)
    sandbox.advance(9)
    assert texts(await run(sandbox, [ask("a")], tmp_path)) == {"0": "You said: a"}
    assert len(sandbox.state.batch_jobs) == 1


async def test_a_broken_download_is_repeated(sandbox: Sandbox, tmp_path: Path) -> None:
    """It broke in the middle of the results."""
    sandbox.fail(APIConnectionError("cut"), times=2, on=files_download, after=0)
    assert texts(await run(sandbox, [ask("a")], tmp_path)) == {"0": "You said: a"}


async def test_other_requests_in_the_same_folder_are_refused(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Results would be assigned to the wrong requests. The same applies to fewer requests."""
    requests = [ask(f"text {number}") for number in range(4)]

    def broken() -> Iterator[Any]:
        yield from requests[:3]
        raise RuntimeError("the database is gone")

    error = await only_error(sandbox, broken(), tmp_path, max_requests=2)
    assert isinstance(error, InvalidRequestError)
    assert "Could not read request 3" in error.message
    assert "the database is gone" in error.message
    for others in ([ask("other"), *requests[1:]], requests[:1]):
        error = await only_error(sandbox, others, tmp_path, max_requests=2)
        assert "differ from those that the batch in the folder was started with" in error.message
    assert len(texts(await run(sandbox, requests, tmp_path, max_requests=2))) == 4


async def test_an_asynchronous_source_may_fail_too(sandbox: Sandbox, tmp_path: Path) -> None:
    """With the same message."""

    async def broken() -> AsyncIterator[Any]:
        yield ask("a")
        raise RuntimeError("the queue is gone")

    error = await only_error(sandbox, broken(), tmp_path)
    assert "Could not read request 1: RuntimeError('the queue is gone')" in error.message


@pytest.mark.parametrize("wrong", [7, {"custom_id": "x"}, {"body": "text"}, "text"])
async def test_an_invalid_request_is_an_error(wrong: Any, sandbox: Sandbox, tmp_path: Path) -> None:
    """The message has its number."""
    error = await only_error(sandbox, [ask("a"), wrong], tmp_path)
    assert isinstance(error, InvalidRequestError)
    assert "Request 1 has no `body`" in error.message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock"]  # noqa: ASYNC240


async def test_other_settings_in_the_same_folder_are_refused(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """The message has both values."""
    await run(sandbox, [ask("a")], tmp_path)
    error = await only_error(sandbox, [ask("a")], tmp_path, model="mistral-large-latest")
    assert isinstance(error, InvalidRequestError)
    assert error.param == "folder"


async def test_an_invalid_folder_is_an_error(sandbox: Sandbox, tmp_path: Path) -> None:
    """A file instead of it, or an invalid manifest."""
    (tmp_path / "file").write_text("x")
    assert "cannot be used" in (await only_error(sandbox, [], tmp_path / "file")).message
    (tmp_path / "manifest.json").write_text("{")
    assert "cannot be used" in (await only_error(sandbox, [], tmp_path)).message


async def test_a_folder_that_disappears_is_an_error(sandbox: Sandbox, tmp_path: Path) -> None:
    """Like any failure of a disk."""

    def requests() -> Iterator[Any]:
        yield ask("a")
        shutil.rmtree(tmp_path / "folder")

    error = await only_error(sandbox, requests(), tmp_path / "folder")
    assert isinstance(error, InvalidRequestError)
    assert "The batch cannot continue: FileNotFoundError" in error.message


async def test_writing_many_requests_does_not_block_the_event_loop(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Other tasks run while they are written."""
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    items = await run(sandbox, (ask("a") for _ in range(1_200)), tmp_path, max_requests=5_000)
    counting.cancel()
    assert len(items) == 1_200
    assert turns > 5


async def test_a_folder_serves_one_process_at_a_time(sandbox: Sandbox, tmp_path: Path) -> None:
    """Two processes would submit the same requests."""
    client = MistralCore(transport=sandbox)
    batch = run_batch(
        client, [ask("a")], folder=tmp_path, endpoint=CHAT, schema=dict[str, Any], interval=0.01
    )
    assert isinstance(await anext(batch), Ok | Err)
    error = await only_error(sandbox, [ask("a")], tmp_path, model=None)
    assert "is in use by another process" in error.message
    assert [item async for item in batch] == []


async def test_leaving_early_leaves_nothing_running(sandbox: Sandbox, tmp_path: Path) -> None:
    """The jobs continue, and another run has all outcomes."""
    before = asyncio.all_tasks()
    requests = [ask(f"text {number}") for number in range(9)]
    client = MistralCore(transport=sandbox)
    batch: AsyncGenerator[Any, None] = run_batch(  # type: ignore[assignment]
        client,
        requests,
        folder=tmp_path,
        endpoint=CHAT,
        model="open-mistral-7b",
        schema=ChatCompletionResponse,
        max_requests=3,
        interval=0.01,
    )
    async for _ in batch:
        break
    await batch.aclose()
    assert asyncio.all_tasks() == before
    assert len(texts(await run(sandbox, requests, tmp_path, max_requests=3))) == 9
    assert len(sandbox.state.batch_jobs) == 3


# ------------------------------------------------------------------------------------ files on disk


def cut_off(path: Path) -> None:
    """Remove the last line of a file."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def cut_in_a_line(path: Path) -> None:
    """Truncate a file in the middle of a line."""
    path.write_bytes(path.read_bytes()[:-20])


def change(path: Path) -> None:
    """Change a file without changing its size."""
    path.write_bytes(path.read_bytes().replace(b"o", b"0"))


def delete(path: Path) -> None:
    """Delete a file."""
    path.unlink()


DAMAGES = [cut_off, cut_in_a_line, change, delete]
FIVE: list[Any] = [ask("a"), {"body": {"x": object()}}, ask("b"), ask("c"), ask("d")]
OUTCOMES = {
    "0": "You said: a",
    "1": "InvalidRequestError",
    "2": "You said: b",
    "3": "You said: c",
    "4": "You said: d",
}


@pytest.mark.parametrize("kind", ["requests", "refused"])
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
@pytest.mark.parametrize(
    "when",
    [operation_of(files_upload), operation_of(files_download), None],
    ids=["written", "submitted", "ended"],
)
async def test_damaged_requests_are_not_used(
    when: Any, damage: Any, kind: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    """The other parts continue. The `Err` names the file and says what to do."""
    if when is not None:
        sandbox.fail(401, on=when)
        error = await only_error(sandbox, FIVE, tmp_path, max_requests=3, max_jobs=1)
        assert isinstance(error, SDKError)
    else:
        await run(sandbox, FIVE, tmp_path, max_requests=3)
    path = tmp_path / f"part-00000.{kind}.jsonl"
    before = path.read_bytes()
    damage(path)
    *items, last = await run(sandbox, FIVE, tmp_path, max_requests=3)
    assert texts(items) == {name: OUTCOMES[name] for name in ("3", "4")}
    assert isinstance(last, Err)
    assert isinstance(last.error, InvalidRequestError)
    assert f"`{path}` has changed since it was written. Restore it" in last.error.message
    path.write_bytes(before)
    assert texts(await run(sandbox, FIVE, tmp_path, max_requests=3)) == OUTCOMES
    assert len(sandbox.state.batch_jobs) == 2


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
async def test_damaged_results_are_downloaded_again(
    damage: Any, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Nothing is submitted. Results that the server no longer has are an `Err`."""
    await run(sandbox, FIVE, tmp_path, max_requests=3)
    damage(tmp_path / "part-00000.output.jsonl")
    sandbox.fail(404, on=files_download)
    *items, last = await run(sandbox, (), tmp_path)
    assert texts(items) == {name: OUTCOMES[name] for name in ("3", "4")}
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    for _ in range(2):
        assert texts(await run(sandbox, (), tmp_path)) == OUTCOMES
    assert len(sandbox.state.batch_jobs) == 2


async def test_results_on_disk_precede_the_failure_of_another_part(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Even if that part is the first one."""
    await run(sandbox, FIVE, tmp_path, max_requests=3)
    path = tmp_path / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["parts"][0]["downloaded"] = False
    path.write_text(json.dumps(manifest))
    sandbox.fail(401, on=batch_jobs_get)
    *items, last = await run(sandbox, (), tmp_path, max_jobs=1)
    assert isinstance(last, Err)
    assert texts(items) == {name: OUTCOMES[name] for name in ("3", "4")}


async def test_a_folder_without_its_manifest_is_refused(sandbox: Sandbox, tmp_path: Path) -> None:
    """Its requests would be submitted again."""
    await run(sandbox, FIVE, tmp_path, max_requests=3)
    manifest = (tmp_path / "manifest.json").read_bytes()
    (tmp_path / "manifest.json").unlink()
    sent = len(sandbox.requests)
    error = await only_error(sandbox, FIVE, tmp_path, max_requests=3)
    assert isinstance(error, InvalidRequestError)
    assert error.param == "folder"
    assert "manifest.json` is missing" in error.message
    assert "Restore it from a backup, or use another folder" in error.message
    assert len(sandbox.requests) == sent
    (tmp_path / "manifest.json").write_bytes(manifest)
    assert texts(await run(sandbox, FIVE, tmp_path, max_requests=3)) == OUTCOMES


PART: dict[str, Any] = {"number": 0, "requests": 1, "refused": 0, "digest": ""}
MANIFEST: dict[str, Any] = {"batch_id": "b", "settings": {}, "written": True, "parts": [PART]}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({**MANIFEST, "parts": 7}).encode(),
        json.dumps({**MANIFEST, "parts": [{"number": 0}]}).encode(),
        json.dumps({**MANIFEST, "parts": [{**PART, "requests": "one"}]}).encode(),
        json.dumps({**MANIFEST, "parts": [{**PART, "digests": {"requests": []}}]}).encode(),
        json.dumps({**MANIFEST, "parts": [{**PART, "number": 1}]}).encode(),
        json.dumps({**MANIFEST, "parts": [PART, PART]}).encode(),
        json.dumps(MANIFEST).encode()[:-30],
    ],
)
async def test_a_damaged_manifest_is_refused(
    content: bytes, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Nothing is sent, and the file is not changed."""
    (tmp_path / "manifest.json").write_bytes(content)
    error = await only_error(sandbox, [ask("a")], tmp_path)
    assert isinstance(error, InvalidRequestError)
    assert "manifest.json` cannot be used: " in error.message
    assert "Restore it from a backup, or use another folder" in error.message
    assert not sandbox.requests
    assert (tmp_path / "manifest.json").read_bytes() == content


async def test_a_manifest_without_digests_is_read(sandbox: Sandbox, tmp_path: Path) -> None:
    """Invalid content is then detected when it is read, and is an `Err`."""
    await run(sandbox, [ask("a")], tmp_path)
    path = tmp_path / "manifest.json"
    manifest = json.loads(path.read_text())
    del manifest["parts"][0]["digests"]
    path.write_text(json.dumps(manifest))
    assert texts(await run(sandbox, (), tmp_path)) == {"0": "You said: a"}
    (tmp_path / "part-00000.requests.jsonl").write_text("{oops\n")
    assert "The batch cannot continue" in (await only_error(sandbox, (), tmp_path)).message


async def test_temporary_files_of_a_killed_process_are_removed(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Other files are kept."""
    leftovers = [".0123456789abcdef.part", "part-00000.requests.tmp"]
    for name in [*leftovers, "notes.tmp"]:
        (tmp_path / name).write_text("half")
    await run(sandbox, [ask("a")], tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())  # noqa: ASYNC240
    assert [name for name in names if not name.startswith("part-")] == [
        "lock",
        "manifest.json",
        "notes.tmp",
    ]
    assert not set(leftovers) & set(names)


@pytest.mark.parametrize("room", [50, 2_000, 20_000])
async def test_a_full_disk_is_an_error_without_partial_files(
    room: int, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Simulated by a limit on file sizes. The next run resumes with more space."""
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    requests = [ask("x" * 100) for _ in range(1_000)]
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        error = await only_error(sandbox, requests, tmp_path, max_requests=1_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert "File too large" in error.message
    names = {path.name for path in tmp_path.iterdir()}  # noqa: ASYNC240
    assert names <= {"lock", "manifest.json"}
    assert len(texts(await run(sandbox, requests, tmp_path, max_requests=1_000))) == 1_000


@pytest.mark.parametrize(
    "seconds", [None, 0, 1_700_000_000, 1_700_000_000_000, 10**300, -(10**300)]
)
def test_the_time_of_an_upload_may_be_any_number(seconds: int | None) -> None:
    """An invalid one does not restrict the search."""
    since = lookup.a_minute_before(seconds)
    assert (since is not None) == (seconds in (0, 1_700_000_000))


async def kill_and_restart(count: int, kills: int, folder: Path, within: float) -> None:
    """Kill a program that runs a batch at random moments, then run it to its end."""
    sandbox = Sandbox()
    chance = random.Random(count)  # noqa: S311

    async def go_on() -> None:
        while True:
            sandbox.advance()
            await asyncio.sleep(0.05)

    going = asyncio.create_task(go_on())
    async with sandbox.serve() as url:
        command = [sys.executable, str(PROGRAM), url, str(folder), str(count)]
        for _ in range(kills):
            process = await asyncio.create_subprocess_exec(*command)
            await asyncio.sleep(chance.uniform(0.3, within))
            if process.returncode is None:
                process.kill()
            await process.wait()
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdout=pipe)
        out, _ = await process.communicate()
    going.cancel()
    outcomes, good, ids, peak = map(int, re.findall(r"\d+", out.decode()))
    assert (outcomes, good, ids) == (count, count, count)
    assert peak < 150_000
    jobs = [work.details for work in sandbox.state.batch_jobs.values()]
    assert sum(job.total_requests or 0 for job in jobs) == count
    assert len({file_id for job in jobs for file_id in job.input_files}) == len(jobs)


async def test_a_killed_program_resumes_where_it_was(tmp_path: Path) -> None:
    """Each request has one result, and no job was submitted twice."""
    await kill_and_restart(1_000, 4, tmp_path, within=1.2)


@pytest.mark.soak
async def test_100_000_requests_and_ten_kills(tmp_path: Path) -> None:
    """In bounded memory."""
    await kill_and_restart(100_000, 10, tmp_path, within=12)
