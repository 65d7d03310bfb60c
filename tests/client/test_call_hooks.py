"""Observers of calls: what they receive, in which order, and that they cannot break a call."""

import asyncio
import gc
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NoReturn

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Attempt,
    Call,
    Err,
    Hooks,
    InvalidRequestError,
    MistralCore,
    Observer,
    Ok,
    Request,
    RequestOptions,
    RetryConfig,
    SDKError,
    StartedCall,
)
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import chat_stream, files_download, models_list, models_retrieve
from mistral_funcs.sandbox import Sandbox

AT_ONCE = RetryConfig(initial_interval=0)
EVENT = b'data: {"id": "c", "model": "m", "choices": []}\n\n'
DONE = b"data: [DONE]\n\n"


class Noting(Observer):
    """An observer that records its calls."""

    def __init__(self) -> None:
        """Start without records."""
        self.seen: list[Any] = []
        self.started: list[StartedCall] = []

    def start(self, started: StartedCall) -> Observer:
        """Observe a call."""
        self.started.append(started)
        return self

    def active(self) -> AbstractContextManager[object]:
        """Record when the scope is entered and left."""
        return self._scope()

    @contextmanager
    def _scope(self) -> Generator[None, None, None]:
        self.seen.append("begin")
        yield
        self.seen.append("end")

    def before_request(self, attempt: Attempt) -> Request | None:
        """Record the attempt, and change its request."""
        self.seen.append(f"attempt {attempt.number}")
        headers = {**attempt.request.headers, "x-seen": attempt.request.headers.get("x-user", "")}
        return attrs.evolve(attempt.request, headers=headers)

    def before_retry(self, attempt: Attempt) -> None:
        """Record the retry."""
        self.seen.append(f"retry {attempt.number}")

    def opened(self, call: Call) -> None:
        """Record the status."""
        self.seen.append(f"opened {call.status}")

    def received(self, item: Any) -> None:
        """Record the item."""
        self.seen.append(item)

    def ended(self, result: Any) -> None:
        """Record the result."""
        self.seen.append(result)

    def client(self, transport: Any, **hooks: Any) -> MistralCore:
        """Return an observed client."""
        joined = Hooks(on_call=self.start, **hooks)
        return MistralCore(transport=transport, retry_config=AT_ONCE, hooks=joined)


async def test_observer_sees_a_call() -> None:
    """The call with its operation, arguments and server; each attempt; and the result."""
    sandbox = Sandbox()
    sandbox.fail(503)
    noting = Noting()
    result = await models_retrieve(noting.client(sandbox), "open-mistral-7b")
    (started,) = noting.started
    assert started.operation.name == "models_retrieve"
    assert (started.operation.method, started.operation.path) == ("GET", "/v1/models/{model_id}")
    assert started.arguments.path == {"model_id": "open-mistral-7b"}
    assert started.server_url == "https://api.mistral.ai"
    assert "open-mistral-7b" not in repr(started)
    assert noting.seen == ["begin", "attempt 1", "retry 1", "attempt 2", "end", result]
    assert isinstance(result, Ok)
    assert result.call.attempts == 2


async def test_observer_runs_after_the_other_hooks() -> None:
    """It gets the request that they returned, and its own request is sent."""
    order: list[str] = []

    async def add(attempt: Attempt) -> Request:
        order.append("before_request")
        return attrs.evolve(attempt.request, headers={"x-user": "u"})

    async def note(_: Attempt) -> None:
        order.append("before_retry")

    noting = Noting()
    transport = ScriptedTransport(json_response({}, 500), json_response([]))
    await models_list(noting.client(transport, before_request=add, before_retry=note))
    assert [each.headers for each in transport.requests] == [{"x-user": "u", "x-seen": "u"}] * 2
    assert order == ["before_request", "before_retry", "before_request"]
    assert noting.seen[:4] == ["begin", "attempt 1", "retry 1", "attempt 2"]


async def test_other_hooks_may_fail() -> None:
    """An error or an invalid return value becomes the result, which the observer gets."""
    noting = Noting()

    def fail(_: Attempt) -> None:
        raise LookupError

    def return_text(_: Attempt) -> Any:
        return "no request"

    for hook, message in (
        (fail, "The hook `before_request` raised LookupError()"),
        (return_text, "The hook `before_request` returned of type str; return a `Request`"),
    ):
        result = await models_list(noting.client(ScriptedTransport(), before_request=hook))
        assert isinstance(result, Err)
        assert isinstance(result.error, InvalidRequestError)
        assert result.error.message.startswith(message)
        assert noting.seen[-1] is result
    transport = ScriptedTransport(json_response([]))

    def agree(_: Attempt) -> None:
        return None

    assert isinstance(await models_list(noting.client(transport, before_request=agree)), Ok)


async def test_observer_sees_a_stream() -> None:
    """It gets each item when the caller does, and the end of the stream."""
    noting = Noting()
    transport = ScriptedTransport(stream_response(EVENT, EVENT, DONE))
    stream = await chat_stream(noting.client(transport), model="m", messages=[])
    assert noting.seen == ["begin", "attempt 1", "end", "opened 200"]
    async with stream.unwrap() as events:
        first = await anext(events)
        assert noting.seen[4:] == [first.unwrap()]
        rest = [each async for each in events]
    assert noting.seen[5:] == [rest[0].unwrap(), Ok(None)]
    assert noting.seen[-1].call.status == 200


async def test_observer_sees_the_error_of_a_stream() -> None:
    """The metadata of the call is included."""
    noting = Noting()
    transport = ScriptedTransport(stream_response(EVENT, APIConnectionError("broken")))
    stream = await chat_stream(noting.client(transport), model="m", messages=[])
    async with stream.unwrap() as events:
        items = [each async for each in events]
    assert isinstance(items[-1], Err)
    assert noting.seen[-1] == items[-1]
    assert noting.seen[-1].call.status == 200
    assert len(noting.seen) == 6


async def test_observer_sees_that_a_stream_is_left() -> None:
    """Once, even if nobody enters the stream."""
    noting = Noting()
    transport = ScriptedTransport(*(stream_response(EVENT, EVENT, DONE) for _ in range(2)))
    client = noting.client(transport)
    stream = await chat_stream(client, model="m", messages=[])
    async with stream.unwrap() as events:
        await anext(events)
        await anext(events)
    assert noting.seen[-1] is None
    assert len([each async for each in events]) == 0
    noting.seen.clear()
    stream = await chat_stream(client, model="m", messages=[])
    del stream, events
    gc.collect()
    assert noting.seen == ["begin", "attempt 1", "end", "opened 200", None]


async def test_observer_sees_a_cancellation() -> None:
    """The result is `None`."""
    noting = Noting()
    sandbox = Sandbox()
    waiting = asyncio.Event()

    async def wait(_: Attempt) -> None:
        waiting.set()
        await asyncio.Event().wait()

    calling = asyncio.create_task(models_list(noting.client(sandbox, before_request=wait)))
    await waiting.wait()
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling
    assert noting.seen == ["begin", None]


async def test_observer_sees_a_failed_save(tmp_path: Any) -> None:
    """The download itself was complete."""
    noting = Noting()
    body = stream_response(b"12345", content_type="application/octet-stream")
    download = (await files_download(noting.client(ScriptedTransport(body)), "f")).unwrap()
    result = await download.save(tmp_path / "missing" / "file")
    assert noting.seen[-1] == result
    assert isinstance(result, Err)


async def test_server_url_is_that_of_the_call() -> None:
    """The options of the call override the client's URL."""
    noting = Noting()
    options = RequestOptions(server_url="http://127.0.0.1:1/")
    await models_list(noting.client(ScriptedTransport()), options=options)
    assert noting.started[0].server_url == "http://127.0.0.1:1/"


async def test_default_observer_does_nothing() -> None:
    """A subclass overrides only what it needs. A hook may return `None`."""

    def observe(_: StartedCall) -> Observer:
        return Observer()

    def decline(_: StartedCall) -> None:
        return None

    for hook in (observe, decline):
        sandbox = Sandbox()
        sandbox.fail(503)
        client = MistralCore(transport=sandbox, retry_config=AT_ONCE, hooks=Hooks(on_call=hook))
        assert isinstance(await models_list(client), Ok)
        stream = await chat_stream(client, model="mistral-large-latest", messages=MESSAGES)
        async with stream.unwrap() as events:
            assert all([isinstance(each, Ok) async for each in events])


MESSAGES = [{"role": "user", "content": "Hello"}]


def fail(*_: object) -> NoReturn:
    """Raise an error."""
    raise LookupError


FAIL: Any = fail


class Failing(Observer):
    """An observer whose methods all fail."""

    active = before_request = before_retry = opened = received = ended = FAIL


class FailingLater(Observer):
    """An observer whose scope fails when it is left."""

    @contextmanager
    def _scope(self) -> Generator[None, None, None]:
        yield
        raise LookupError

    def active(self) -> AbstractContextManager[object]:
        """Return a scope that fails when it is left."""
        return self._scope()


def fail_always(_: StartedCall) -> Observer:
    """Return an observer whose methods fail."""
    return Failing()


def fail_later(_: StartedCall) -> Observer:
    """Return an observer whose scope fails."""
    return FailingLater()


def fail_to_start(_: StartedCall) -> Observer:
    """Raise an error."""
    raise LookupError


def return_nonsense(_: StartedCall) -> Any:
    """Return an object that is no observer."""
    return "observer"


@pytest.mark.parametrize(
    ("hook", "logged"),
    [
        (fail_always, 10),
        (fail_later, 2),
        (fail_to_start, 2),
        (return_nonsense, 2),
    ],
)
async def test_failing_observer_does_not_fail_the_call(
    hook: Any, logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Its errors are logged; for items, only the first one."""
    transport = ScriptedTransport(
        json_response({}, 500), json_response([]), stream_response(EVENT, EVENT, DONE)
    )
    client = MistralCore(transport=transport, retry_config=AT_ONCE, hooks=Hooks(on_call=hook))
    assert isinstance(await models_list(client), Ok)
    stream = await chat_stream(client, model="m", messages=[])
    async with stream.unwrap() as events:
        assert [type(each) async for each in events] == [Ok, Ok]
    assert len(caplog.records) == logged


async def test_failed_call_is_the_result() -> None:
    """The observer gets the same error as the caller."""
    noting = Noting()
    transport = ScriptedTransport(json_response({"message": "no"}, 400))
    result = await models_list(noting.client(transport))
    assert noting.seen[-1] is result
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
