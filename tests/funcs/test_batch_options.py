"""Options of batches: progress, retries, cancellation, deletion of files, inline requests."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    MistralCore,
    Ok,
    Request,
    Response,
    RetryConfig,
    operation_of,
)
from mistral_core.testing import json_response
from mistral_funcs import (
    BatchProgress,
    batch_jobs_cancel,
    batch_jobs_create,
    files_delete,
    files_download,
    files_upload,
    run_batch,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import ChatCompletionResponse
from mistral_funcs.toolkit.batching import cleanup, submit
from tests.funcs.batch_runs import CHAT, Dying, Items, Lossy, advancing, ask, run, texts

BAD = {"body": {"messages": "no list"}}


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove all pauses."""
    monkeypatch.setattr(submit, "PAUSE", 0)


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox, None]:
    """Yield a sandbox whose jobs progress by themselves."""
    async with advancing() as advancing_sandbox:
        yield advancing_sandbox


def batch(transport: Any, requests: Any, folder: Path, **options: Any) -> Any:
    """Return a batch that has not started."""
    client = MistralCore(transport=transport, retry_config=RetryConfig(strategy="none"))
    settings: dict[str, Any] = {"model": "open-mistral-7b", "interval": 0.01, **options}
    return run_batch(
        client, requests, folder=folder, endpoint=CHAT, schema=ChatCompletionResponse, **settings
    )


# ---------------------------------------------------------------------------------- inline requests


async def test_a_small_batch_is_sent_inline(sandbox: Sandbox, tmp_path: Path) -> None:
    """Without a file. The larger job has one."""
    requests = [ask(f"text {number}") for number in range(5)]
    items = await run(
        sandbox, requests, tmp_path, max_requests=3, max_inline=2, metadata={"team": "search"}
    )
    assert texts(items) == {str(number): f"You said: text {number}" for number in range(5)}
    jobs = [work.details for work in sandbox.state.batch_jobs.values()]
    assert sorted(len(job.input_files) for job in jobs) == [0, 1]
    assert [job.metadata and job.metadata["team"] for job in jobs] == ["search"] * 2


async def test_large_requests_are_sent_as_a_file(sandbox: Sandbox, tmp_path: Path) -> None:
    """However few they are."""
    await run(sandbox, [ask("x" * 1_000_000)], tmp_path, max_inline=100)
    (work,) = sandbox.state.batch_jobs.values()
    assert len(work.details.input_files) == 1


@pytest.mark.parametrize("transport", [Lossy, Dying])
async def test_an_inline_job_whose_response_was_lost_is_found(
    transport: type[Lossy], sandbox: Sandbox, tmp_path: Path
) -> None:
    """By its metadata, in this process or the next one."""
    await run(sandbox, [ask("another")], tmp_path / "other", max_inline=100)
    broken = transport(sandbox, operation_of(batch_jobs_create), 1)
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await run(broken, [ask("a")], tmp_path / "own", max_inline=100)
    items = await run(sandbox, [ask("a")], tmp_path / "own", max_inline=100)
    assert texts(items) == {"0": "You said: a"}
    assert len(sandbox.state.batch_jobs) == 2


# ----------------------------------------------------------------------------------------- progress


async def test_progress_is_reported(sandbox: Sandbox, tmp_path: Path) -> None:
    """While jobs run and at the end. Requests that cannot be sent count as failed."""
    seen: list[BatchProgress] = []
    requests = [ask("a"), BAD, {"body": {"x": object()}}, ask("b")]
    await run(sandbox, requests, tmp_path, max_requests=2, on_progress=seen.append)
    assert seen[-1] == BatchProgress(
        requests=4, is_complete=True, succeeded=2, failed=2, jobs=2, ended_jobs=2
    )
    counts = [each.succeeded + each.failed for each in seen]
    assert counts == sorted(counts)
    seen.clear()
    await run(sandbox, (), tmp_path, on_progress=seen.append)
    assert [(each.succeeded, each.failed) for each in seen] == [(2, 2)]


async def test_a_progress_function_may_be_async_and_may_fail(
    sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The batch continues, and the error is logged."""
    seen: list[int] = []

    async def on_progress(progress: BatchProgress) -> None:
        seen.append(progress.requests)
        raise RuntimeError

    items = await run(sandbox, [ask("a")], tmp_path, on_progress=on_progress)
    assert texts(items) == {"0": "You said: a"}
    assert seen
    assert "Ignored an error that a progress function raised" in caplog.text


# ------------------------------------------------------------------------------------------ retries


class Flaky:
    """A server whose jobs end at once. Requests fail as often as their text says."""

    def __init__(self) -> None:
        """Start without jobs."""
        self.api_key = "key"
        self.jobs: list[list[Any]] = []
        self._failures: Counter[str] = Counter()
        self._lost = 0

    def die_after_the_next_job(self) -> None:
        """Stop responding when another job has been created."""
        self._lost = len(self.jobs) + 1

    @property
    def submitted(self) -> list[list[str]]:
        """The request IDs of each job."""
        return [[request["custom_id"] for request in job] for job in self.jobs]

    async def send(self, request: Request) -> Response:
        """Respond to the creation of a job, its retrieval, or the download of its results."""
        if request.method == "POST":
            assert isinstance(request.body, bytes)
            self.jobs.append(json.loads(request.body)["requests"])
            job_id = str(len(self.jobs))
            return json_response({"id": job_id, "status": "QUEUED"})
        if self._lost and len(self.jobs) >= self._lost:
            await asyncio.Future[None]()
        if request.path_template == "/v1/batch/jobs/{job_id}":
            job_id = request.url.rpartition("/")[2]
            return json_response({"id": job_id, "status": "SUCCESS", "error_file": job_id})
        lines = map(self._line, self.jobs[int(request.url.split("/")[-2]) - 1])
        return Response(200, body="".join(f"{json.dumps(line)}\n" for line in lines).encode())

    def _line(self, request: Any) -> dict[str, Any]:
        kind, _, times = request["body"]["messages"][0]["content"].partition(" ")
        self._failures[kind] += 1
        status: int = 200
        body: dict[str, Any] = {"id": kind, "choices": {} if kind == "invalid" else []}
        if self._failures[kind] <= int(times or 0):
            status, body = 500, {"message": "busy"}
        response: dict[str, Any] = {"status_code": status, "body": body}
        return {"custom_id": request["custom_id"], "response": response}

    async def aclose(self) -> None:
        """Do nothing."""


FLAKY: list[Any] = [
    ask("good", "good"),
    ask("once 1", "once"),
    ask("twice 2", "twice"),
    ask("invalid", "invalid"),
    {"custom_id": "unsendable", "body": {"x": object()}},
]


def kinds(items: Items) -> dict[str, str]:
    """Return `Ok` or the class of the error for each request."""
    outcomes = [item.unwrap() for item in items]
    assert len({outcome.custom_id for outcome in outcomes}) == len(outcomes)
    return {
        outcome.custom_id: "Ok"
        if isinstance(outcome.result, Ok)
        else type(outcome.result.error).__name__
        for outcome in outcomes
    }


FIRST = {
    "good": "Ok",
    "once": "SDKError",
    "twice": "SDKError",
    "invalid": "ResponseValidationError",
    "unsendable": "InvalidRequestError",
}


async def test_failed_requests_are_submitted_again_on_demand(tmp_path: Path) -> None:
    """Neither successful requests nor permanent errors are."""
    server = Flaky()
    seen: list[BatchProgress] = []
    settings: dict[str, Any] = {"max_inline": 10, "on_progress": seen.append}
    assert kinds(await run(server, FLAKY, tmp_path, **settings)) == FIRST
    assert kinds(await run(server, FLAKY, tmp_path, **settings)) == FIRST
    second = kinds(await run(server, FLAKY, tmp_path, retry_failed=True, **settings))
    assert second == {**FIRST, "once": "Ok"}
    third = kinds(await run(server, FLAKY, tmp_path, retry_failed=True, **settings))
    assert third == {**FIRST, "once": "Ok", "twice": "Ok"}
    assert kinds(await run(server, FLAKY, tmp_path, retry_failed=True, **settings)) == third
    assert server.submitted == [["good", "once", "twice", "invalid"], ["once", "twice"], ["twice"]]
    assert (seen[-1].requests, seen[-1].jobs, seen[-1].ended_jobs) == (5, 3, 3)
    assert (seen[-1].succeeded, seen[-1].failed) == (4, 1)


async def test_a_killed_retry_is_resumed(tmp_path: Path) -> None:
    """Nothing is submitted a third time."""
    server = Flaky()
    settings: dict[str, Any] = {"max_inline": 10, "retry_failed": True}
    await run(server, FLAKY, tmp_path, **settings)
    server.die_after_the_next_job()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(run(server, FLAKY, tmp_path, **settings), 0.2)
    server._lost = 0
    items = kinds(await run(server, FLAKY, tmp_path, **settings))
    assert items == {**FIRST, "once": "Ok"}
    assert server.submitted[1:] == [["once", "twice"]]


async def test_an_incomplete_batch_can_be_retried(tmp_path: Path) -> None:
    """The source is read again, and compared with the first requests."""
    server = Flaky()

    seen: list[BatchProgress] = []

    async def broken() -> AsyncGenerator[Any, None]:
        for request in FLAKY[:3]:
            yield request
        while not (seen and seen[-1].ended_jobs):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        raise RuntimeError

    settings: dict[str, Any] = {"max_inline": 10, "max_requests": 2, "on_progress": seen.append}
    *items, last = await run(server, broken(), tmp_path, **settings)
    assert "Could not read request 3" in str(last)
    items = await run(server, FLAKY, tmp_path, retry_failed=True, **settings)
    assert kinds(items) == {**FIRST, "once": "Ok"}


async def test_a_retry_that_cannot_be_written_is_not_submitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No partial file is left."""
    server = Flaky()
    await run(server, FLAKY, tmp_path, max_inline=10)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("mistral_funcs.toolkit.batching.parts.PartWriter._seal", full)
        (last,) = await run(server, FLAKY, tmp_path, max_inline=10, retry_failed=True)
    assert "No space left on device" in str(last)
    assert not list(tmp_path.glob("*.tmp"))  # noqa: ASYNC240
    items = await run(server, FLAKY, tmp_path, max_inline=10, retry_failed=True)
    assert kinds(items) == {**FIRST, "once": "Ok"}


# ----------------------------------------------------------------- abandoned and successful batches


async def abandoned(
    transport: Any, folder: Path, until: Callable[[], bool], **options: Any
) -> None:
    """Leave a batch of two jobs when a condition is met."""
    started = batch(transport, [ask("a"), ask("b")], folder, max_requests=1, **options)
    first = asyncio.ensure_future(anext(started))
    async with asyncio.timeout(10):
        while not until():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await started.aclose()


def statuses(sandbox: Sandbox) -> list[str | None]:
    """Return the status of each job."""
    return [work.details.status for work in sandbox.state.batch_jobs.values()]


def asks_again(sandbox: Sandbox) -> Callable[[], bool]:
    """Return a condition that is met when the sandbox receives another request."""
    before = len(sandbox.requests)
    return lambda: len(sandbox.requests) > before


@pytest.mark.parametrize("max_inline", [0, 100])
async def test_an_abandoned_batch_is_cancelled_on_demand(max_inline: int, tmp_path: Path) -> None:
    """By default its jobs continue. A cancelled batch keeps its results and can be retried."""
    options: dict[str, Any] = {"max_inline": max_inline}
    sandbox = Sandbox(progress="manual")
    await abandoned(sandbox, tmp_path, lambda: len(statuses(sandbox)) == 2, **options)
    assert statuses(sandbox) == ["QUEUED"] * 2
    options["cancel_abandoned"] = True
    await abandoned(sandbox, tmp_path, asks_again(sandbox), **options)
    assert not {"QUEUED", "RUNNING"} & {*statuses(sandbox)}
    sandbox.advance(9)
    requests = [ask("a"), ask("b")]
    items = await run(sandbox, requests, tmp_path, max_requests=1, **options)
    assert texts(items) == {"0": "APIConnectionError", "1": "APIConnectionError"}


async def test_a_job_whose_response_was_lost_is_cancelled_too(tmp_path: Path) -> None:
    """It is looked up."""
    sandbox = Sandbox(progress="manual")
    dying = Dying(sandbox, operation_of(batch_jobs_create), 1)
    await abandoned(
        dying,
        tmp_path,
        lambda: bool(statuses(sandbox)),
        max_inline=9,
        max_jobs=1,
        cancel_abandoned=True,
    )
    assert len(statuses(sandbox)) == 1
    assert "QUEUED" not in statuses(sandbox)


async def test_a_job_that_was_never_created_is_not_cancelled(tmp_path: Path) -> None:
    """Its creation failed and would have been retried."""
    sandbox = Sandbox(progress="manual")
    sandbox.fail(APIConnectionError("cut", sent=False), on=batch_jobs_create, times=9)

    def is_being_made() -> bool:
        return any(each.method == "POST" for each in sandbox.requests)

    settings: dict[str, Any] = {"max_jobs": 1, "interval": 60, "cancel_abandoned": True}
    await abandoned(sandbox, tmp_path, is_being_made, max_inline=9, **settings)
    assert statuses(sandbox) == []


async def test_a_failed_cancellation_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So is one that takes too long, because leaving must not hang."""
    sandbox = Sandbox(progress="manual")
    sandbox.fail(500, on=batch_jobs_cancel, times=2)

    def are_two() -> bool:
        return len(statuses(sandbox)) == 2

    await abandoned(sandbox, tmp_path, are_two, cancel_abandoned=True, max_inline=0)
    assert sum("could not be cancelled: 500" in message for message in caplog.messages) == 2
    monkeypatch.setattr(cleanup, "CANCEL_WITHIN", 0.05)
    dying = Dying(sandbox, operation_of(batch_jobs_cancel), 2)
    again = asks_again(sandbox)
    await abandoned(dying, tmp_path, again, cancel_abandoned=True, max_inline=0)
    assert "No response within 0.05 s" in caplog.text


async def test_uploaded_requests_are_deleted_after_success(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """Only of jobs without failed requests, and on demand. Results stay on the server."""
    requests = [ask("a"), BAD, ask("b")]
    await run(sandbox, requests, tmp_path, max_requests=1, delete_files=True)
    purposes = Counter(file.about.source for file in sandbox.state.files.values())
    assert purposes["upload"] == 1
    assert len(await run(sandbox, (), tmp_path, max_requests=1, delete_files=True)) == 3


@pytest.mark.parametrize(("status", "logged"), [(404, 0), (500, 1)])
async def test_a_failed_deletion_does_not_stop_the_batch(
    status: int,
    logged: int,
    sandbox: Sandbox,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A missing file counts as deleted."""
    sandbox.fail(status, on=files_delete)
    items = await run(sandbox, [ask("a")], tmp_path, delete_files=True)
    assert texts(items) == {"0": "You said: a"}
    assert sum("could not be deleted" in message for message in caplog.messages) == logged


async def test_inline_requests_have_no_file_to_delete(sandbox: Sandbox, tmp_path: Path) -> None:
    """Nothing is sent."""
    await run(sandbox, [ask("a")], tmp_path, max_inline=9, delete_files=True)
    operations = [operation_of(each) for each in (files_upload, files_delete)]
    assert not {each.path for each in operations} & {
        request.path_template for request in sandbox.requests if request.method != "GET"
    }


async def test_missing_results_are_not_counted_as_done(sandbox: Sandbox, tmp_path: Path) -> None:
    """Another run downloads them again."""
    seen: list[BatchProgress] = []
    sandbox.fail(404, on=files_download)
    await run(sandbox, [ask("a")], tmp_path, on_progress=seen.append)
    assert seen[-1].ended_jobs == 0
