"""Event streams over real HTTP: complete, or with one final `Err` that gives the reason."""

import asyncio
import gc
import json
import random
import tracemalloc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from mistral_core import (
    APIConnectionError,
    Err,
    EventStream,
    Failure,
    HTTPValidationError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    Result,
    SDKError,
    Timeout,
)
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import chat_stream
from mistral_funcs.schemas import CompletionChunk
from tests.client.event_server import DONE, EventServer, chunk, event, serving_events
from tests.client.raw_server import read_request
from tests.faults.fault_server import Behaviour, chunked, drips, http, misbehaving, says

SSE = "Content-Type: text/event-stream"


HELLO = event(chunk("Hel")) + event(chunk("lo"))


def streams(*events: bytes) -> bytes:
    """Return a complete chunked response with these events."""
    return chunked(*events, headers=(SSE,)).replace(b"Content-Type: application/json\r\n", b"")


async def opened(client: MistralCore) -> EventStream[CompletionChunk]:
    """Open a stream."""
    return (await chat_stream(client, model="m", messages=[])).unwrap()


async def read(client: MistralCore) -> list[Result[CompletionChunk, Failure]]:
    """Read a stream to its end."""
    async with await opened(client) as events:
        return [each async for each in events]


def text_of(items: list[Result[CompletionChunk, Failure]]) -> str:
    """Return the text of the successful items."""
    return "".join(
        str(item.value.choices[0].delta.content) for item in items if isinstance(item, Ok)
    )


@asynccontextmanager
async def client_of(
    behaviour: Behaviour, **options: Any
) -> AsyncGenerator[tuple[MistralCore, list[bytes]], None]:
    """Yield a client of a server with this behavior."""
    async with misbehaving(behaviour) as (url, received):
        options.setdefault("timeout", 5)
        async with MistralCore("key-of-the-test", server_url=url, **options) as client:
            yield client, received


async def test_a_stream_is_read_up_to_done() -> None:
    """The request accepts an uncompressed event stream."""
    async with client_of(says(streams(HELLO, event(chunk("!")), DONE))) as (client, received):
        items = await read(client)
    assert text_of(items) == "Hello!"
    assert not [item for item in items if isinstance(item, Err)]
    assert b"accept: text/event-stream" in received[0]
    assert b"accept-encoding: identity" in received[0]


BROKEN: dict[str, tuple[Behaviour, type[Failure], str]] = {
    "no [DONE]": (
        says(streams(HELLO)),
        APIConnectionError,
        "ended before `[DONE]`",
    ),
    "a truncated event": (
        says(streams(HELLO, b'data: {"id": ')),
        APIConnectionError,
        "ended before `[DONE]`",
    ),
    "a truncated chunk": (
        says(chunked(HELLO, end=b"", headers=(SSE,))),
        APIConnectionError,
        "sent an incomplete response",
    ),
    "an error object": (
        says(streams(HELLO, event({"object": "error", "message": "overloaded", "code": "3505"}))),
        SDKError,
        "overloaded",
    ),
    "an error with a status": (
        says(streams(HELLO, event({"object": "error", "message": "x", "raw_status_code": 429}))),
        SDKError,
        "429 Too Many Requests",
    ),
    "a validation error": (
        says(streams(HELLO, event({"error": {"message": "bad"}, "raw_status_code": 422}))),
        HTTPValidationError,
        "bad",
    ),
    "an event named error": (
        says(streams(HELLO, b"event: error\ndata: out of memory\n\n")),
        SDKError,
        "out of memory",
    ),
    "an event that is not JSON": (
        says(streams(HELLO, b"data: {oops}\n\n")),
        ResponseValidationError,
        "Invalid event: `$` is not JSON",
    ),
    "an event that does not match the schema": (
        says(streams(HELLO, event({"id": "c", "choices": [{"delta": {"content": 7}}]}))),
        ResponseValidationError,
        "$.choices[0].delta.content",
    ),
    "an event that is not UTF-8": (
        says(streams(HELLO, b'data: "\xff"\n\n')),
        ResponseValidationError,
        "utf-8",
    ),
    "an event that is too long": (
        says(streams(HELLO, b"data: " + b"x" * 2_000_000)),
        ResponseValidationError,
        "more than 1000000 bytes",
    ),
    "silence": (
        drips(streams(HELLO).removesuffix(b"0\r\n\r\n"), b"", 60),
        RequestTimeoutError,
        "0.2 s",
    ),
    "only comments": (
        drips(streams(HELLO).removesuffix(b"0\r\n\r\n"), b"3\r\n:x\n\r\n"),
        RequestTimeoutError,
        "No event within 0.6 s",
    ),
    "an endless event": (
        drips(streams(HELLO).removesuffix(b"0\r\n\r\n"), b"1\r\nx\r\n"),
        RequestTimeoutError,
        "No event within 0.6 s",
    ),
    "an error without data": (
        says(streams(HELLO, b"event: error\n\n", DONE)),
        SDKError,
        "200",
    ),
    "an error with empty data": (
        says(streams(HELLO, b"event: error\ndata: \n\n", DONE)),
        SDKError,
        "200",
    ),
    "an error without data at the very end": (
        says(streams(HELLO, b"event: error")),
        SDKError,
        "200",
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
async def test_a_broken_stream_ends_with_one_err(fault: str) -> None:
    """All items before it are received, and the `Err` gives the reason."""
    behaviour, kind, says_ = BROKEN[fault]
    timeout = Timeout(read=0.2, deadline=0.6)
    async with client_of(behaviour, timeout=timeout, max_response_bytes=10**6) as (client, _):
        started = asyncio.get_running_loop().time()
        items = await read(client)
        assert asyncio.get_running_loop().time() - started < 1
    *good, last = items
    assert text_of(good) == "Hello"
    assert all(isinstance(item, Ok) for item in good)
    assert isinstance(last, Err)
    assert isinstance(last.error, kind)
    assert says_ in str(last.error)
    assert last.error.__traceback__ is None


@pytest.mark.parametrize(
    "idle",
    [
        b"data:\n\n",
        b"data\n\n",
        b"data: \n\n",
        b"data:   \t\n\n",
        b"data\ndata:\n\n",
        b"event: ping\n\n",
        b"event: ping\ndata:\n\n",
        b"event: message\ndata: \nid: 7\n\n",
        b"id: 7\n\n",
        b"retry: 10\n\n",
        b": ping\n\n",
        b":\n",
        b"\n\n\n",
    ],
)
async def test_an_event_without_data_is_skipped(idle: bytes) -> None:
    """Before and between other events, and before `[DONE]`."""
    response = streams(idle, event(chunk("Hel")) + idle, event(chunk("lo")), idle, idle + DONE)
    async with client_of(says(response)) as (client, _):
        items = await read(client)
    assert text_of(items) == "Hello"
    assert len(items) == 2


@pytest.mark.parametrize(
    "end",
    [
        b"data:[DONE]\n\n",
        b"data:  [DONE]\n\n",
        b"data: [DONE] \n\n",
        b"data:\t[DONE]\t\r\n\r\n",
        b"data: [DONE]\ndata:\n\n",
        b"event: done\ndata: [DONE]\n\n",
        b"data: [DONE] ",
    ],
)
async def test_blanks_around_done_are_ignored(end: bytes) -> None:
    """Nothing after it is read."""
    behind = event(chunk("!")) if end.endswith(b"\n") else b""
    async with client_of(says(streams(HELLO, end + behind))) as (client, _):
        items = await read(client)
    assert text_of(items) == "Hello"
    assert all(isinstance(item, Ok) for item in items)


async def test_any_byte_resets_the_read_timeout() -> None:
    """`Timeout.read` limits the time between two bytes, even if they are no event."""
    no_events = b": ping\n\n", b":\n", b"\n", b"data:\n\n", b"event: ping\n\n"

    async def thinks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(streams(event(chunk("Hel"))).removesuffix(b"0\r\n\r\n"))
        for part in (*no_events, event(chunk("lo")) + DONE):
            await asyncio.sleep(0.2)
            writer.write(b"%x\r\n%b\r\n" % (len(part), part))
        writer.write(b"0\r\n\r\n")

    async with client_of(thinks, timeout=Timeout(read=1)) as (client, _):
        items = await read(client)
    assert text_of(items) == "Hello"
    assert len(items) == 2


@pytest.mark.parametrize(
    "response",
    [
        http(json.dumps({"message": "no streams here"}).encode()),
        http(b"<title>no streams here</title>", content_type="text/html; charset=utf-8"),
    ],
)
async def test_a_response_that_is_no_stream_is_an_error(response: bytes) -> None:
    """With its message and body."""
    async with client_of(says(response)) as (client, _):
        (item,) = await read(client)
    assert isinstance(item, Err)
    assert isinstance(item.error, ResponseValidationError)
    assert "no streams here" in item.error.message
    assert item.error.body


async def test_an_endless_response_that_is_no_stream_is_abandoned() -> None:
    """It ends after a megabyte, or when the server is silent."""
    html = http(b"", content_type="text/html", length=False)
    for behaviour in (drips(html, b" " * 2**16, 0), drips(html, b"", 60)):
        async with client_of(behaviour, timeout=Timeout(read=0.2)) as (client, _):
            (item,) = await asyncio.wait_for(read(client), 3)
        assert isinstance(item, Err)


async def test_opening_may_fail() -> None:
    """As in any other call."""
    async with client_of(says(http(b'{"message": "no"}', status="401 Unauthorized"))) as (
        client,
        _,
    ):
        result = await chat_stream(client, model="m", messages=[])
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)


async def test_a_stream_may_outlast_the_deadline() -> None:
    """The deadline limits opening, and silence in the stream."""

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(streams(HELLO).removesuffix(b"0\r\n\r\n"))
        for _ in range(8):
            await asyncio.sleep(0.1)
            writer.write(chunked(event(chunk("."))).partition(b"\r\n\r\n")[2][:-5])
        writer.write(chunked(DONE).partition(b"\r\n\r\n")[2])

    async with client_of(slow, timeout=0.4) as (client, _):
        assert text_of(await read(client)) == "Hello........"


async def test_errors_of_a_stream_hide_the_key() -> None:
    """Even if the server sends it back."""
    said = "bad key key-of-the-test"
    fault = {"loc": ["body"], "msg": said, "input": said}
    for data in (
        {"object": "error", "message": said},
        {"error": {"message": {"detail": [fault]}}, "raw_status_code": 422},
        {"id": "c", "choices": said},
    ):
        async with client_of(says(streams(event(data)))) as (client, _):
            (item,) = await read(client)
        assert isinstance(item, Err)
        assert isinstance(item.error, SDKError | HTTPValidationError | ResponseValidationError)
        assert b"***" in item.error.body
        assert "key-of-the-test" not in repr(attrs.asdict(item.error))


async def test_a_stream_is_entered_and_read_once() -> None:
    """Otherwise leaving early would leak the connection. It is a programming error."""
    async with client_of(says(streams(HELLO, DONE))) as (client, _):
        stream: Any = await opened(client)
        with pytest.raises(TypeError, match="async for"):
            async for _ in stream:
                pass
        async with stream:
            pass
        with pytest.raises(RuntimeError, match="read once"):
            async with stream:
                pass


# -------------------------------------------------------------------------------------- connections


@pytest.fixture
async def server() -> AsyncGenerator[EventServer, None]:
    """Serve streams."""
    async with serving_events() as served:
        yield served


async def start(client: MistralCore, count: int = -1) -> EventStream[CompletionChunk]:
    """Open a stream with this number of events; -1 is endless."""
    result = await chat_stream(client, model="m", messages=[], max_tokens=count)
    return result.unwrap()


async def test_a_complete_stream_releases_its_connection(server: EventServer) -> None:
    """The next call uses the same one."""
    async with MistralCore("key", server_url=server.url) as client:
        for _ in range(3):
            async with await start(client, 3) as events:
                assert len([each async for each in events]) == 3
    assert len(server.connections) == 1


async def test_leaving_early_frees_the_connection(server: EventServer) -> None:
    """By `break`, an exception, cancellation, or without reading. The server notices it."""
    async with MistralCore("key", server_url=server.url, max_connections=1, timeout=5) as client:
        async with await start(client) as events:
            async for _ in events:
                break
        await server.until_quiet()
        with pytest.raises(ZeroDivisionError):  # noqa: PT012
            async with await start(client) as events:
                async for _ in events:
                    raise ZeroDivisionError
        await server.until_quiet()
        with pytest.raises(TimeoutError):  # noqa: PT012
            async with asyncio.timeout(0.05), await start(client) as events:
                async for _ in events:
                    pass
        await server.until_quiet()
        async with await start(client):
            pass
        await server.until_quiet()


async def test_a_stream_that_is_dropped_frees_the_connection(server: EventServer) -> None:
    """There is a warning, because streams should be closed."""
    async with MistralCore("key", server_url=server.url, max_connections=1, timeout=5) as client:
        with pytest.warns(ResourceWarning, match="neither read nor closed"):  # noqa: PT031
            await start(client)
            gc.collect()
        await server.until_quiet()


async def test_closing_the_client_ends_its_streams(server: EventServer) -> None:
    """With an `Err` as the last item."""
    client = MistralCore("key", server_url=server.url)
    items: list[Result[CompletionChunk, Failure]] = []
    async with await start(client) as events:
        async for each in events:
            items.append(each)
            await client.aclose()
    assert isinstance(items[-1], Err)
    assert isinstance(items[-1].error, APIConnectionError)


async def test_500_streams_at_once(server: EventServer) -> None:
    """Some are left, cancelled or fail. All others are complete, and nothing leaks."""
    chance = random.Random(7)  # noqa: S311
    fates = chance.choices(["whole", "left", "cancelled", "thrown"], [7, 1, 1, 1], k=500)

    async def run(client: MistralCore, fate: str) -> list[str]:
        said: list[str] = []
        scope = asyncio.timeout(0.03 if fate == "cancelled" else None)
        try:
            async with scope, await start(client, 10 if fate == "whole" else -1) as events:
                async for each in events:
                    said.append(str(each.unwrap().choices[0].delta.content))
                    if fate == "left" and len(said) == 3:
                        break
                    if fate == "thrown" and len(said) == 2:
                        raise ZeroDivisionError  # noqa: TRY301
        except (TimeoutError, ZeroDivisionError):
            pass
        return said

    before = len(asyncio.all_tasks())
    async with MistralCore("key", server_url=server.url, max_connections=0, timeout=30) as client:
        said = await asyncio.gather(*(run(client, fate) for fate in fates))
        await server.until_quiet()
    for fate, words in zip(fates, said, strict=True):
        if fate == "whole":
            assert words == [f"{number} " for number in range(10)]
    await asyncio.sleep(0.05)
    assert len(asyncio.all_tasks()) - len(server.connections) <= before


# ----------------------------------------------------------------------------------- split anywhere

COMPLETE = (
    event(chunk("naïve")) + b": ping\r\n\r\n" + event(chunk("日本")) + event(chunk("!")) + DONE
)


@settings(deadline=None)
@given(st.lists(st.integers(0, len(COMPLETE)), max_size=20))
def test_chunk_boundaries_do_not_matter(cuts: list[int]) -> None:
    """The events are the same."""
    places = sorted({0, len(COMPLETE), *cuts})
    parts = [COMPLETE[start:end] for start, end in pairwise(places)]
    client = MistralCore(transport=ScriptedTransport(stream_response(*parts)))
    assert text_of(asyncio.run(read(client))) == "naïve日本!"


async def test_a_stream_may_arrive_byte_by_byte() -> None:
    """A truncated stream never looks successful."""
    parts = [COMPLETE[place : place + 1] for place in range(len(COMPLETE))]
    for end in range(len(parts) + 1):
        client = MistralCore(transport=ScriptedTransport(stream_response(*parts[:end])))
        items = await read(client)
        complete = end >= len(parts) - 2  # The line break after `[DONE]` may be missing.
        assert all(isinstance(item, Ok) for item in items) is complete
        assert not complete or text_of(items) == "naïve日本!"


async def test_an_error_of_the_transport_is_the_last_item() -> None:
    """A scripted response can contain it, to test error handling."""
    broken = stream_response(HELLO, APIConnectionError("gone"))
    *good, last = await read(MistralCore(transport=ScriptedTransport(broken)))
    assert text_of(good) == "Hello"
    assert isinstance(last, Err)
    assert last.error.message == "gone"


async def test_a_transport_without_streaming_is_supported() -> None:
    """Its complete body is parsed as a stream."""
    response = json_response({}, headers={"content-type": "text/event-stream"})
    complete = attrs.evolve(response, body=COMPLETE)
    items = await read(MistralCore(transport=ScriptedTransport(complete)))
    assert text_of(items) == "naïve日本!"


async def test_memory_does_not_grow_with_the_events() -> None:
    """Neither the events nor the bytes that were read are kept."""
    many = event(chunk("Hello")) * 100

    async def writes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(streams(many).removesuffix(b"0\r\n\r\n"))
        for _each in range(199):
            writer.write(b"%x\r\n%b\r\n" % (len(many), many))
            await writer.drain()
        writer.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(DONE), DONE))

    peaks: list[int] = []
    async with client_of(writes) as (client, _), await opened(client) as events:
        tracemalloc.start()
        try:
            count = 0
            async for each in events:
                assert isinstance(each, Ok)
                count += 1
                if count in {10_000, 20_000}:
                    peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**18
