"""Errors, retries and cancellation are replayed as they happened."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, Self

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Cassette,
    Err,
    InvalidRequestError,
    MistralCore,
    MistralError,
    Ok,
    Request,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_core.cassettes.recorder import CopiedBody
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_core.transports.aiohttp import AiohttpTransport
from mistral_funcs import chat_stream, models_list
from tests.cassettes.loopback import KEY, lines_of, recording, replaying, rewrite, text_of
from tests.client.event_server import DONE, chunk, event
from tests.client.raw_server import http, serving

ONCE = RetryConfig(strategy="none")
AT_ONCE = RetryConfig(initial_interval=0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the recording."""
    return tmp_path / "test.jsonl"


def content_of(result: Result[Any, MistralError]) -> object:
    """Return the value, or the class and fields of the error. Errors compare by identity."""
    if isinstance(result, Ok):
        return result.value
    kind: Any = type(result.error)
    return kind, [getattr(result.error, field.name) for field in attrs.fields(kind)]


CUT = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{"
LARGE = http(b"[" + b" " * 5000 + b"]")

FAILURES: dict[str, tuple[bytes | None, type[Exception]]] = {
    "silence": (None, RequestTimeoutError),
    "an incomplete response": (CUT, APIConnectionError),
    "a response that is too large": (LARGE, ResponseValidationError),
    "a server error": (http(b'{"message": "no"}', status="400 Bad Request"), SDKError),
}


@pytest.mark.parametrize("case", FAILURES)
async def test_an_error_is_replayed(case: str, path: Path) -> None:
    """The class and the fields are the same."""
    response, kind = FAILURES[case]
    inner = AiohttpTransport(max_response_bytes=4000)
    settings: dict[str, Any] = {
        "retry_config": ONCE,
        "timeout": Timeout(read=5 if response else 0.05),
    }
    async with (
        serving(response) as (url, _),
        recording(path, url, transport=inner, **settings) as client,
    ):
        recorded = await models_list(client)
    assert isinstance(recorded, Err)
    assert isinstance(recorded.error, kind)
    with replaying(path, retry_config=ONCE) as client:
        assert content_of(await models_list(client)) == content_of(recorded)


async def test_a_refused_connection_is_replayed(path: Path) -> None:
    """`sent` is false in the replay too, so that it is retried in the same way."""
    async with serving() as (url, _):
        pass
    async with recording(path, url, retry_config=ONCE) as client:
        recorded = await models_list(client)
    assert isinstance(recorded, Err)
    assert isinstance(recorded.error, APIConnectionError)
    assert not recorded.error.sent
    with replaying(path, retry_config=ONCE) as client:
        assert content_of(await models_list(client)) == content_of(recorded)


async def test_retries_are_replayed_as_they_happened(path: Path) -> None:
    """The replay does not wait for a recorded `Retry-After`."""
    busy = http(b"{}", "Retry-After: 0.01", status="503 Service Unavailable")
    async with (
        serving(busy, busy, http(b'{"data": []}')) as (url, _),
        recording(path, url, retry_config=AT_ONCE) as client,
    ):
        recorded = await models_list(client)
    rewrite(path, text_of(path).replace('"0.01"', '"200"'))
    with replaying(path, retry_config=AT_ONCE) as client:
        replayed = await models_list(client)
    assert content_of(replayed) == content_of(recorded)
    assert replayed.call.attempts == recorded.call.attempts == 3


async def test_a_call_that_timed_out_times_out_again(path: Path) -> None:
    """The transport only sees the cancellation, so the replay waits until it is cancelled."""
    limits: dict[str, Any] = {"retry_config": ONCE, "timeout": Timeout(total=0.03)}
    async with serving(None) as (url, _), recording(path, url, **limits) as client:
        recorded = await models_list(client)
    assert isinstance(recorded, Err)
    assert isinstance(recorded.error, RequestTimeoutError)
    with replaying(path, **limits) as client:
        assert content_of(await models_list(client)) == content_of(recorded)


async def test_a_stream_that_breaks_is_replayed_until_it_breaks(path: Path) -> None:
    """The chunks before the error are replayed first."""
    broken = stream_response(b'data: {"id": "1"', APIConnectionError("The connection broke"))

    async def read(client: MistralCore) -> list[object]:
        opened = await chat_stream(client, model="m", messages=[])
        async with opened.unwrap() as chunks:
            return [content_of(each) async for each in chunks]

    async with recording(path, "http://x", transport=ScriptedTransport(broken)) as client:
        recorded = await read(client)
    with replaying(path) as client:
        assert await read(client) == recorded


class Broken:
    """A transport with a bug."""

    async def send(self, _: Request) -> Response:
        """Raise an exception that transports must not raise."""
        raise KeyError("oops")

    async def aclose(self) -> None:
        """Do nothing."""


async def test_an_unexpected_exception_of_a_transport_is_replayed(path: Path) -> None:
    """The caller gets the same error."""
    async with recording(path, "http://x", transport=Broken(), retry_config=ONCE) as client:
        recorded = await models_list(client)
    assert isinstance(recorded, Err)
    with replaying(path, retry_config=ONCE) as client:
        assert content_of(await models_list(client)) == content_of(recorded)


async def test_a_cassette_that_was_not_entered_sends_nothing(path: Path) -> None:
    """This applies before the `with` block and after it."""
    inner = ScriptedTransport()
    cassette = Cassette(path, record="all", transport=inner)
    client = MistralCore(KEY, transport=cassette)
    with cassette:
        pass
    result = await models_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert "Enter it first" in result.error.message
    assert not inner.requests
    assert not text_of(path)


async def test_a_generator_as_a_stream_can_be_cancelled_while_it_is_recorded(path: Path) -> None:
    """A time limit around each read of a stream loses nothing, as without a cassette."""
    ready = asyncio.Event()

    async def events() -> AsyncGenerator[bytes, None]:
        await ready.wait()
        yield event(chunk("late")) + DONE

    inner = ScriptedTransport(Response(200, stream=events()))
    async with recording(path, "http://x", transport=inner) as client:
        opened = await chat_stream(client, model="m", messages=[])
        async with opened.unwrap() as chunks:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(chunks), 0.005)
            ready.set()
            assert (await anext(chunks)).unwrap().text == "late"


class Once:
    """A body that is its own iterator, and fails after the first chunk."""

    size = 7
    spent = True
    fault = InvalidRequestError("The file changed")

    def __init__(self) -> None:
        """Start before the first chunk."""
        self._chunks = [b"one"]

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the chunk, then raise the error."""
        if self._chunks:
            return self._chunks.pop()
        raise self.fault


class Inspecting:
    """A transport that reads the body of a request."""

    async def send(self, request: Request) -> Response:
        """Read the body."""
        body = request.body
        assert isinstance(body, CopiedBody)
        assert (body.size, body.spent, body.fault) == (7, True, Once.fault)
        async for _ in body:
            pass
        return Response(200)

    async def aclose(self) -> None:
        """Do nothing."""


async def test_a_transport_sees_the_original_body(path: Path) -> None:
    """Its size and its read error are visible; the part that was read is recorded."""
    request = Request(method="POST", url="https://x/v1", path_template="/", body=Once())
    inspected = Cassette(path, record="all", transport=Inspecting())
    with inspected, pytest.raises(InvalidRequestError, match="The file changed"):
        await inspected.send(request)
    assert lines_of(path)[0]["body"] == {"text": "one"}
    replayed = Cassette(path)
    with replayed, pytest.raises(InvalidRequestError, match="The file changed"):
        await replayed.send(attrs.evolve(request, body=Once()))
