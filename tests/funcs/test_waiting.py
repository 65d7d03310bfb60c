"""Waiting for jobs: until they end, despite temporary failures, and within a deadline."""

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import (
    batch_jobs_wait,
    fine_tuning_jobs_create,
    fine_tuning_jobs_wait,
    fine_tuning_jobs_watch,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.files import store_file
from mistral_funcs.schemas import CompletionJobOut, DetailedJobOut

ONCE = RetryConfig(strategy="none")


def job(status: str, **more: object) -> Response:
    """Return a response with a job in this status."""
    return json_response({"id": "j", "job_type": "completion", "status": status, **more})


def client_of(*responses: Any) -> MistralCore:
    """Return a client that receives these responses in order."""
    return MistralCore(transport=ScriptedTransport(*responses), retry_config=ONCE)


def status_of(result: Result[DetailedJobOut, Failure]) -> str | None:
    """Return the status of a successful result."""
    assert isinstance(result, Ok), result
    assert not isinstance(result.value, Unknown)
    return result.value.status


@pytest.mark.parametrize(
    "end", ["SUCCESS", "FAILED", "FAILED_VALIDATION", "CANCELLED", "TIMEOUT_EXCEEDED"]
)
async def test_a_wait_ends_with_the_job(end: str) -> None:
    """Whatever its status. A failed job is not a failed call."""
    client = client_of(job("QUEUED"), job("RUNNING"), job("CANCELLATION_REQUESTED"), job(end))
    assert status_of(await fine_tuning_jobs_wait(client, "j", interval=0)) == end


async def test_a_watch_yields_each_snapshot() -> None:
    """The last one is the final state."""
    client = client_of(job("QUEUED"), job("RUNNING"), job("RUNNING"), job("SUCCESS"))
    seen = [status_of(each) async for each in fine_tuning_jobs_watch(client, "j", interval=0)]
    assert seen == ["QUEUED", "RUNNING", "RUNNING", "SUCCESS"]


async def test_a_wait_may_be_for_another_status() -> None:
    """A job without `auto_start` stays in VALIDATED until it is started."""
    client = client_of(job("VALIDATING"), job("VALIDATED"))
    result = await fine_tuning_jobs_wait(client, "j", interval=0, until=["VALIDATED"])
    assert status_of(result) == "VALIDATED"


async def test_a_batch_job_is_waited_for_alike() -> None:
    """Despite temporary failures, for another status, and within a deadline."""
    busy = json_response({"message": "busy"}, 503)
    responses = job("QUEUED"), busy, job("RUNNING")
    begun = await batch_jobs_wait(client_of(*responses), "j", interval=0, until=["RUNNING"])
    assert begun.unwrap().status == "RUNNING"
    late = await batch_jobs_wait(client_of(job("QUEUED")), "j", interval=9, deadline=0.01)
    assert isinstance(late, Err)
    assert "Batch job j had status QUEUED" in late.error.message
    odd = await batch_jobs_wait(client_of(), "j", interval=-1)
    assert isinstance(odd, Err)
    assert isinstance(odd.error, InvalidRequestError)


async def test_an_unknown_status_or_job_type_does_not_end_a_wait() -> None:
    """A newer API may have more of both."""
    odd = {"id": "j", "job_type": "reinforcement"}
    client = client_of(
        job("PAUSED"),
        json_response({**odd, "status": "DREAMING"}),
        json_response({**odd, "status": "SUCCESS"}),
    )
    result = await fine_tuning_jobs_wait(client, "j", interval=0)
    assert isinstance(result, Ok)
    assert isinstance(result.value, Unknown)


@pytest.mark.parametrize(
    "trouble",
    [
        json_response({"message": "busy"}, 503),
        json_response({"message": "slow down"}, 429),
        json_response({"message": "oops"}, 500),
        APIConnectionError("the connection broke"),
        RequestTimeoutError("too slow", "read"),
    ],
)
async def test_temporary_failures_do_not_end_a_wait(
    trouble: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """They are logged, and the job is polled again."""
    client = client_of(job("RUNNING"), trouble, trouble, job("SUCCESS"))
    assert status_of(await fine_tuning_jobs_wait(client, "j", interval=0)) == "SUCCESS"
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 2
    assert "Fine-tuning job j could not be read, retrying" in caplog.text


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (json_response({"message": "no such job"}, 404), SDKError),
        (json_response({"message": "retired"}, 410), SDKError),
        (json_response({"detail": "Unauthorized"}, 401), SDKError),
        (Response(200, body=b"<html>"), ResponseValidationError),
    ],
)
async def test_permanent_failures_end_a_wait(trouble: Any, kind: type) -> None:
    """Immediately, as an `Err`."""
    client = client_of(job("RUNNING"), trouble, job("SUCCESS"))
    result = await fine_tuning_jobs_wait(client, "j", interval=0)
    assert isinstance(result, Err)
    assert isinstance(result.error, kind)


async def test_a_deadline_ends_the_wait_but_not_the_job() -> None:
    """The error has the last status. There is no pause beyond the deadline."""
    client = client_of(*[job("RUNNING")] * 100)
    started = time.monotonic()
    result = await fine_tuning_jobs_wait(client, "j", interval=0.05, deadline=0.2)
    assert 0.1 < time.monotonic() - started < 0.5
    assert isinstance(result, Err)
    assert isinstance(result.error, RequestTimeoutError)
    assert result.error.phase == "deadline"
    assert result.error.message == (
        "Fine-tuning job j had status RUNNING after 0.2 s. It continues: wait again with its id."
    )


async def test_a_deadline_applies_to_a_silent_server() -> None:
    """The error has the last failure."""

    class Silent(ScriptedTransport):  # type: ignore[misc]
        async def send(self, request: Any) -> Response:
            self.requests.append(request)
            if len(self.requests) == 1:
                raise APIConnectionError("the connection broke")
            return await asyncio.Future[Response]()

    client = MistralCore(transport=Silent(), retry_config=ONCE)
    started = time.monotonic()
    result = await fine_tuning_jobs_wait(client, "j", interval=0, deadline=0.2)
    assert time.monotonic() - started < 0.5
    assert isinstance(result, Err)
    assert (
        "had status unknown after 0.2 s (last error: the connection broke)" in result.error.message
    )


@pytest.mark.parametrize(
    "wrong", [{"interval": -1}, {"interval": float("nan")}, {"deadline": float("inf")}]
)
async def test_invalid_arguments_are_refused(wrong: dict[str, Any]) -> None:
    """Nothing is sent."""
    result = await fine_tuning_jobs_wait(client_of(), "j", **wrong)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert result.error.param in wrong


async def test_an_id_with_path_segments_ends_a_wait() -> None:
    """As in any call."""
    result = await fine_tuning_jobs_wait(client_of(), "../files/x", interval=0)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)


async def test_cancelling_a_wait_does_not_cancel_the_job(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is sent. A note on the exception and the log say so."""
    caplog.set_level(logging.INFO, "mistral_funcs")
    transport = ScriptedTransport(*[job("RUNNING")] * 3)
    client = MistralCore(transport=transport)
    task = asyncio.create_task(fine_tuning_jobs_wait(client, "j", interval=60))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError) as cancelled:
        await task
    said = "Fine-tuning job j continues; only the wait was cancelled"
    assert cancelled.value.__notes__ == [f"{said}."]
    assert said in caplog.text
    assert len(asyncio.all_tasks()) == 1
    assert [request.method for request in transport.requests] == ["GET"]


async def test_a_cancelled_poll_loses_no_snapshot() -> None:
    """Neither the poll nor the pause starts over. A note says that the job continues."""
    transport = ScriptedTransport(job("QUEUED"), job("RUNNING"), job("SUCCESS"))
    client = MistralCore(transport=transport)
    looks = fine_tuning_jobs_watch(client, "j", interval=0.05)
    seen: list[str | None] = []
    notes: set[str] = set()
    while len(seen) < 3:
        look = asyncio.ensure_future(anext(looks))
        await asyncio.wait((look,), timeout=0.01)
        look.cancel()
        try:
            seen.append(status_of(await look))
        except asyncio.CancelledError as error:
            notes.update(error.__notes__)
    assert seen == ["QUEUED", "RUNNING", "SUCCESS"]
    assert notes == {"Fine-tuning job j continues; only the wait was cancelled."}
    assert await anext(looks, None) is None
    assert len(transport.requests) == 3


WAIT = """
import asyncio, sys
from mistral_core import MistralCore
from mistral_funcs import fine_tuning_jobs_watch

async def main(url, job_id):
    async with MistralCore("sandbox-key", server_url=url) as client:
        async for result in fine_tuning_jobs_watch(client, job_id, interval=0.05):
            print(result.unwrap().status, flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_killed_wait_is_resumed_by_another_process() -> None:
    """It needs only the ID of the job."""
    sandbox = Sandbox(progress="manual")
    line = json.dumps({"messages": [{"role": "user", "content": "?"}]}).encode()
    file = store_file(sandbox.state, content=line, filename="train.jsonl")
    async with sandbox.serve() as url, MistralCore(sandbox.api_key, server_url=url) as client:
        created = await fine_tuning_jobs_create(
            client,
            model="open-mistral-7b",
            hyperparameters={},
            training_files=[{"file_id": file.id}],
            auto_start=True,
        )
        assert isinstance(created, Ok)
        assert isinstance(created.value, CompletionJobOut)
        job_id = created.value.id
        command = [sys.executable, "-c", WAIT, url, job_id]
        first = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        assert first.stdout is not None
        assert await first.stdout.readline() == b"QUEUED\n"
        os.kill(first.pid, signal.SIGKILL)
        await first.wait()
        sandbox.advance(3)
        second = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        assert second.stdout is not None
        assert await second.stdout.readline() == b"RUNNING\n"
        sandbox.advance(10)
        rest, _ = await second.communicate()
    assert rest.endswith(b"SUCCESS\n")
    assert second.returncode == 0
