"""Hooks and logging: what is visible of each attempt, and what is never shown."""

import asyncio
import logging
import pickle
import traceback

import attrs
import pytest

from mistral_core import (
    Attempt,
    Err,
    Hooks,
    MistralCore,
    Ok,
    Request,
    RequestOptions,
    RequestTimeoutError,
    Response,
    RetryConfig,
    SDKError,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import models_list, models_retrieve
from mistral_funcs.sandbox import Sandbox

AT_ONCE = RetryConfig(initial_interval=0)
KEY = "sk-a-key-that-nobody-may-see"


async def test_hooks_see_each_attempt() -> None:
    """Before the request, after the response, and before a retry."""
    seen: list[tuple[str, int, int | None]] = []

    def note(moment: str, attempt: Attempt) -> None:
        seen.append((moment, attempt.number, getattr(attempt.outcome, "status", None)))

    async def before_request(attempt: Attempt) -> None:
        await asyncio.sleep(0)
        note("before", attempt)
        assert (attempt.request.method, attempt.request.path_template) == ("GET", "/v1/models")

    async def after_response(attempt: Attempt) -> None:
        note("after", attempt)
        assert attempt.elapsed > 0

    def before_retry(attempt: Attempt) -> None:
        note("retry", attempt)
        assert attempt.pause == 0

    sandbox = Sandbox()
    sandbox.fail(503)
    hooks = Hooks(
        before_request=before_request, after_response=after_response, before_retry=before_retry
    )
    client = MistralCore(transport=sandbox, retry_config=AT_ONCE, hooks=hooks)
    assert isinstance(await models_list(client), Ok)
    assert seen == [
        ("before", 1, None),
        ("after", 1, 503),
        ("retry", 1, 503),
        ("before", 2, None),
        ("after", 2, 200),
    ]


async def test_a_hook_may_replace_the_request() -> None:
    """For example to add a trace header."""

    def trace(attempt: Attempt) -> Request:
        assert "traceparent" not in attempt.request.headers
        headers = {**attempt.request.headers, "traceparent": f"00-{attempt.number}"}
        return attrs.evolve(attempt.request, headers=headers)

    transport = ScriptedTransport(json_response({}, 500), json_response([]))
    hooks = Hooks(before_request=trace)
    client = MistralCore(transport=transport, retry_config=AT_ONCE, hooks=hooks)
    await models_list(client)
    assert [each.headers["traceparent"] for each in transport.requests] == ["00-1", "00-2"]


async def test_a_hook_may_limit_the_rate() -> None:
    """It delays each request until a slot is free."""
    room = asyncio.Semaphore(2)
    at_once: list[int] = []
    running = 0

    async def enter(_: Attempt) -> None:
        nonlocal running
        await room.acquire()
        running += 1
        at_once.append(running)

    def leave(_: Attempt) -> None:
        nonlocal running
        running -= 1
        room.release()

    hooks = Hooks(before_request=enter, after_response=leave)
    async with (
        Sandbox().serve() as url,
        MistralCore("sandbox-key", server_url=url, hooks=hooks) as c,
    ):
        await asyncio.gather(*(models_list(c) for _ in range(10)))
    assert len(at_once) == 10
    assert max(at_once) == 2


async def test_after_response_runs_after_every_before_request() -> None:
    """A hook can release what it has acquired, even if the call is cancelled or times out."""
    room = asyncio.Semaphore(1)
    ended: list[object] = []

    async def enter(_: Attempt) -> None:
        await room.acquire()

    def leave(attempt: Attempt) -> None:
        ended.append(attempt.outcome)
        room.release()

    sandbox = Sandbox()
    sandbox.fail(RequestTimeoutError("silence"))
    hooks = Hooks(before_request=enter, after_response=leave)
    async with sandbox.serve() as url, MistralCore("sandbox-key", server_url=url, hooks=hooks) as c:
        silent = asyncio.create_task(models_list(c))
        waiting = asyncio.create_task(models_list(c))
        await asyncio.sleep(0.05)
        late = await models_list(c, options=RequestOptions(timeout=0.1))
        assert isinstance(late, Err)
        assert isinstance(late.error, RequestTimeoutError)
        waiting.cancel()
        silent.cancel()
        await asyncio.gather(silent, waiting, return_exceptions=True)
        assert ended == [None]
        assert isinstance(await models_list(c), Ok)
    assert len(ended) == 2
    assert not room.locked()


async def test_each_attempt_is_logged_for_debugging(caplog: pytest.LogCaptureFixture) -> None:
    """Method, path template, status, attempt, time, request ID; no arguments, headers or body."""
    sandbox = Sandbox()
    sandbox.fail(503)
    client = MistralCore(transport=sandbox, retry_config=AT_ONCE)
    with caplog.at_level(logging.DEBUG, logger="mistral_core"):
        await models_retrieve(client, "open-mistral-7b")
    first, second = (record.message for record in caplog.records)
    assert first.startswith("GET /v1/models/{model_id}: 503, attempt 1, 0.0")
    assert first.endswith(" s, request id sandbox-1")
    assert second.startswith("GET /v1/models/{model_id}: 200, attempt 2, 0.0")


async def test_nothing_is_logged_otherwise(caplog: pytest.LogCaptureFixture) -> None:
    """Other levels have no records."""
    await models_list(MistralCore(transport=Sandbox()))
    assert not caplog.records


async def test_the_key_is_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    """Not in representations, errors, logs, pickles, or tracebacks with local variables."""
    caplog.set_level(logging.DEBUG)
    shown: list[object] = []
    echo = Response(400, body=f'{{"message": "{KEY}", "code": "{KEY}"}}'.encode())
    client = MistralCore(
        KEY, transport=ScriptedTransport(echo), hooks=Hooks(after_response=shown.append)
    )
    refused = await models_list(client)
    assert isinstance(refused, Err)
    assert isinstance(refused.error, SDKError)
    assert refused.error.message == "***"
    shown += [client, vars(client), refused, refused.error, refused.error.args]
    shown += [str(refused.error), pickle.dumps(refused.error), refused.error.body]

    class Raising:
        async def send(self, request: Request) -> Response:
            raise RuntimeError(f"{request.authorization and request.authorization.reveal()}")

        async def aclose(self) -> None:
            pass

    failed = await models_list(MistralCore(KEY, transport=Raising()))
    shown += [failed, vars(failed.unwrap_or(client))]

    async def wait_for_ever(_: Attempt) -> None:
        await asyncio.Event().wait()

    waiting = MistralCore(KEY, transport=Sandbox(), hooks=Hooks(before_request=wait_for_ever))
    try:
        async with asyncio.timeout(0.01):
            await models_list(waiting)
    except TimeoutError as error:
        cancelled = error.__cause__
        assert isinstance(cancelled, asyncio.CancelledError)
        story = traceback.TracebackException.from_exception(cancelled, capture_locals=True)
        shown += story.format()
        assert any("attempt.py" in str(line) for line in shown)
    shown += [record.getMessage() for record in caplog.records]
    for thing in shown:
        assert KEY not in str(thing) + repr(thing), thing

    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(client)
