"""Cancelled waits for events and bytes lose nothing, and leave the stream open."""

import asyncio
import gc
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias, TypeVar, cast

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    MistralCore,
    Ok,
    Request,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    Result,
    Timeout,
)
from mistral_core.http.headers import Headers
from mistral_core.runtime.iterators import Resumable
from mistral_funcs import chat_stream, files_download
from tests.client.event_server import DONE, chunk, event
from tests.client.raw_server import read_request
from tests.faults.fault_server import chunked, misbehaving

T = TypeVar("T")

Wait: TypeAlias = Callable[[AsyncIterator[Any], float], Awaitable[Any]]

HEAD = chunked(headers=("Content-Type: text/event-stream",), end=b"").replace(
    b"Content-Type: application/json\r\n", b""
)
NOTHING: Any = object()
"""The result of a cancelled wait."""


def framed(data: bytes) -> bytes:
    """Return a chunk of chunked HTTP."""
    return b"%x\r\n%b\r\n" % (len(data), data)


async def with_wait_for(items: AsyncIterator[T], seconds: float) -> T:
    """Wait with `asyncio.wait_for`."""
    try:
        return await asyncio.wait_for(anext(items), seconds)
    except TimeoutError:
        return NOTHING  # type: ignore[no-any-return]


async def with_timeout(items: AsyncIterator[T], seconds: float) -> T:
    """Wait with `asyncio.timeout`, in the same task."""
    try:
        async with asyncio.timeout(seconds):
            return await anext(items)
    except TimeoutError:
        return NOTHING  # type: ignore[no-any-return]


async def with_cancel(items: AsyncIterator[T], seconds: float) -> T:
    """Wait in a task that is cancelled."""

    async def wait() -> T:
        return await anext(items)

    task = asyncio.create_task(wait())
    await asyncio.wait((task,), timeout=seconds)
    task.cancel()
    try:
        return await task
    except asyncio.CancelledError:
        return NOTHING  # type: ignore[no-any-return]


WAYS: dict[str, Wait] = {
    "wait_for": with_wait_for,
    "timeout": with_timeout,
    "cancel": with_cancel,
}


class Generated:
    """A transport whose streams, or their iterators, are asynchronous generators."""

    api_key = "key"

    def __init__(
        self,
        body: Callable[[], AsyncGenerator[bytes, None]],
        content_type: str = "text/event-stream",
        *,
        wrapped: bool = False,
    ) -> None:
        """Take the generator function of the body."""
        self._body = body
        self._headers = Headers([("content-type", content_type)])
        self._wrapped = wrapped

    async def send(self, request: Request) -> Response:
        """Respond with a stream."""
        assert request.streamed
        stream = Wrapped(self._body) if self._wrapped else self._body()
        return Response(200, self._headers, stream=stream)

    async def aclose(self) -> None:
        """Do nothing."""


class Wrapped:
    """A stream whose iterator is an asynchronous generator."""

    def __init__(self, body: Callable[[], AsyncGenerator[bytes, None]]) -> None:
        """Take the generator function."""
        self._body = body

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._body()

    async def aclose(self) -> None:
        """Do nothing."""


SOURCES = ["HTTP", "a generator", "an iterator that is a generator"]


@asynccontextmanager
async def client_of(
    source: str, parts: Callable[[], AsyncGenerator[bytes, None]], **options: Any
) -> AsyncGenerator[MistralCore, None]:
    """Return a client whose server streams these parts."""
    options.setdefault("timeout", 5)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(HEAD)
        async for part in parts():
            writer.write(framed(part))
            await writer.drain()
        writer.write(b"0\r\n\r\n")

    if source == "HTTP":
        async with (
            misbehaving(serve) as (url, _),
            MistralCore("key", server_url=url, **options) as client,
        ):
            yield client
    else:
        wrapped = source != "a generator"
        yield MistralCore(transport=Generated(parts, wrapped=wrapped), **options)


async def opened(client: MistralCore) -> Any:
    """Open a stream of events."""
    return (await chat_stream(client, model="m", messages=[])).unwrap()


async def downloaded(client: MistralCore) -> Any:
    """Open a download."""
    return (await files_download(client, "f")).unwrap()


def error_of(item: Any) -> Any:
    """Return the error of an `Err`."""
    assert isinstance(item, Err)
    return cast("Any", item).error


def text_of(item: Result[Any, Any]) -> str:
    """Return the text of an event."""
    return str(item.unwrap().text)


async def collected(
    items: AsyncIterator[T], wait: Wait, seconds: Callable[[], float]
) -> tuple[list[T], int]:
    """Return all items, and the number of cancelled waits."""
    received: list[T] = []
    cancelled = 0
    while True:
        try:
            item = await wait(items, seconds())
        except StopAsyncIteration:
            return received, cancelled
        if item is NOTHING:
            cancelled += 1
        else:
            received.append(item)


async def slow_parts() -> AsyncGenerator[bytes, None]:
    """Stream five events slowly, some of them split or joined."""
    first, *others = (event(chunk(f"{number} ")) for number in range(5))
    for part in (first[:20], first[20:], others[0] + others[1], others[2] + others[3][:30]):
        await asyncio.sleep(0.04)
        yield part
    await asyncio.sleep(0.04)
    yield others[3][30:] + DONE


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("way", WAYS)
async def test_the_next_wait_gets_the_next_event(way: str, source: str) -> None:
    """Each event arrives once and in order. After the end, the stream stays ended."""
    async with client_of(source, slow_parts) as client, await opened(client) as events:
        items, cancelled = await collected(events, WAYS[way], lambda: 0.015)
        assert await anext(events, None) is None
    assert "".join(map(text_of, items)) == "0 1 2 3 4 "
    assert cancelled > 5


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("way", WAYS)
async def test_the_next_wait_gets_the_next_bytes(way: str, source: str) -> None:
    """For downloads as well."""
    complete = b"".join([part async for part in slow_parts()])
    async with (
        client_of(source, slow_parts) as client,
        await downloaded(client) as chunks,
    ):
        items, cancelled = await collected(chunks, WAYS[way], lambda: 0.015)
        assert await anext(chunks, None) is None
    assert b"".join(item.unwrap() for item in items) == complete
    assert cancelled > 5


@pytest.mark.parametrize("source", SOURCES[:2])
@pytest.mark.parametrize("way", WAYS)
async def test_a_thousand_random_cancellations(way: str, source: str) -> None:
    """Wherever the stream is split or a wait is cancelled, each event arrives once and in order."""
    chance = random.Random(f"{way} {source}")  # noqa: S311
    enough = asyncio.Event()
    count = 0

    async def parts() -> AsyncGenerator[bytes, None]:
        nonlocal count
        while not enough.is_set():
            data = b": ping\n\n".join(event(chunk(f"{count + n} ")) for n in range(3))
            count += 3
            cut = chance.randrange(len(data))
            for part in filter(None, (data[:cut], data[cut:])):
                await asyncio.sleep(chance.random() * 0.002)
                yield part
        yield DONE

    waits = 0

    def seconds() -> float:
        nonlocal waits
        waits += 1
        if waits > 2500:
            enough.set()
        return chance.choice((0, chance.random() * 0.001))

    async with client_of(source, parts, timeout=30) as client, await opened(client) as events:
        items, cancelled = await collected(events, WAYS[way], seconds)
    assert [text_of(item) for item in items] == [f"{number} " for number in range(count)]
    assert cancelled > 1000


# -------------------------------------------------------------------------------------- time limits


async def silent_parts() -> AsyncGenerator[bytes, None]:
    """Stream one event, then stay silent."""
    yield event(chunk("a"))
    await asyncio.sleep(60)


async def commenting_parts() -> AsyncGenerator[bytes, None]:
    """Stream one event, then only comments."""
    yield event(chunk("a"))
    while True:
        await asyncio.sleep(0.02)
        yield b": ping\n\n"


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    ("parts", "limits", "phase", "says"),
    [
        (silent_parts, Timeout(read=0.3, deadline=5), "read", "0.3 s"),
        (silent_parts, Timeout(deadline=0.3), "read", "0.3 s"),
        (commenting_parts, Timeout(read=0.25, deadline=0.3), "deadline", "0.3 s"),
    ],
)
async def test_time_limits_span_cancelled_waits(
    parts: Any, limits: Timeout, phase: str, says: str, source: str
) -> None:
    """The waits are shorter than the limits. The `Err` is the last item."""
    started = asyncio.get_running_loop().time()
    async with client_of(source, parts, timeout=limits) as client, await opened(client) as events:
        (first, last), cancelled = await collected(events, with_wait_for, lambda: 0.03)
    assert 0.25 < asyncio.get_running_loop().time() - started < 3
    assert isinstance(first, Ok)
    error = error_of(last)
    assert isinstance(error, RequestTimeoutError)
    assert error.phase == phase
    assert says in error.message
    assert cancelled > 3


@pytest.mark.parametrize("source", SOURCES)
async def test_the_end_is_reported_after_a_cancelled_wait(source: str) -> None:
    """A wait that is cancelled after `[DONE]` does not start over."""

    async def parts() -> AsyncGenerator[bytes, None]:
        yield event(chunk("a")) + DONE
        await asyncio.sleep(60)

    async with client_of(source, parts) as client, await opened(client) as events:
        items, cancelled = await collected(events, with_wait_for, lambda: 0.05)
    assert len(items) == cancelled == 1


async def test_an_error_page_is_read_over_several_waits() -> None:
    """The message contains the complete text."""

    async def parts() -> AsyncGenerator[bytes, None]:
        for part in (b"<title>over", b"loaded</ti", b"tle>"):
            await asyncio.sleep(0.04)
            yield part

    client = MistralCore(transport=Generated(parts, "text/html"))
    async with await opened(client) as events:
        (item,), cancelled = await collected(events, with_wait_for, lambda: 0.015)
    assert cancelled > 3
    error = error_of(item)
    assert isinstance(error, ResponseValidationError)
    assert "overloaded" in error.message


# ------------------------------------------------------------------------------ leaving and failing


@pytest.mark.parametrize("source", SOURCES)
async def test_leaving_after_a_cancelled_wait_frees_the_connection(source: str) -> None:
    """The background read is cancelled, and its cleanup has finished."""
    before = asyncio.all_tasks()
    freed: list[str] = []

    async def parts() -> AsyncGenerator[bytes, None]:
        try:
            async for part in silent_parts():
                yield part
        finally:
            freed.append("yes")

    async with client_of(source, parts) as client:
        async with await opened(client) as events:
            assert (await anext(events)).unwrap().text == "a"
            assert await with_wait_for(events, 0.02) is NOTHING
        if source == "HTTP":
            return
        assert freed == ["yes"]
        assert asyncio.all_tasks() == before
        assert await anext(events, None) is None


@pytest.mark.parametrize("source", SOURCES)
async def test_leaving_ends_a_wait_in_another_task(source: str) -> None:
    """The wait gets an `Err`, because the stream was incomplete."""
    async with client_of(source, silent_parts) as client:
        async with await opened(client) as events:
            await anext(events)
            other = asyncio.ensure_future(anext(events))
            await asyncio.sleep(0.02)
        last = await asyncio.wait_for(other, 1)
    error = error_of(last)
    assert isinstance(error, APIConnectionError)


@pytest.mark.parametrize("source", SOURCES)
async def test_two_concurrent_waits_are_a_programming_error(source: str) -> None:
    """The first of them gets its event."""
    async with client_of(source, slow_parts) as client, await opened(client) as events:
        first = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.01)
        with pytest.raises(RuntimeError, match="already"):
            await anext(events)
        assert text_of(await first) == "0 "
        await events.aclose()
        await events.aclose()
        assert await anext(events, None) is None


@pytest.mark.parametrize("source", SOURCES[1:])
@pytest.mark.parametrize("operation", [opened, downloaded])
async def test_what_a_stream_raises_is_an_err(
    operation: Callable[[MistralCore], Awaitable[Any]], source: str
) -> None:
    """Once, with the original exception in the message, even if it is raised between two waits."""

    async def parts() -> AsyncGenerator[bytes, None]:
        yield event(chunk("a"))
        await asyncio.sleep(0.03)
        raise TimeoutError("of its own")

    async with (
        client_of(source, parts, timeout=Timeout(deadline=None)) as client,
        await operation(client) as items,
    ):
        (first, last), cancelled = await collected(items, with_wait_for, lambda: 0.02)
    assert cancelled >= 1
    assert isinstance(first, Ok)
    error = error_of(last)
    assert isinstance(error, APIConnectionError)
    assert "TimeoutError('of its own')" in error.message
    assert error.__context__ is None


# --------------------------------------------------------------------------------------- resumable


async def test_an_error_of_a_cancelled_step_is_dropped_when_closing() -> None:
    """It belonged to a wait that was cancelled."""

    async def failing() -> AsyncGenerator[int, None]:
        yield 1
        await asyncio.sleep(0.01)
        raise KeyError

    items = Resumable(failing())
    assert await anext(items) == 1
    assert await with_wait_for(items, 0.001) is NOTHING
    await asyncio.sleep(0.02)
    await items.aclose()
    await items.aclose()
    assert await anext(items, None) is None


async def test_two_concurrent_waits_for_a_step_are_a_programming_error() -> None:
    """The first of them gets its item."""

    async def slow() -> AsyncGenerator[int, None]:
        await asyncio.sleep(0.02)
        yield 1

    items = Resumable(slow())
    first = asyncio.ensure_future(anext(items))
    await asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="already waiting"):
        await anext(items)
    assert await first == 1


async def test_dropping_cancels_the_running_step() -> None:
    """Nobody can wait for it any more."""
    before = asyncio.all_tasks()
    items: Resumable[int] | None = Resumable(numbers())
    assert items is not None
    assert await with_wait_for(items, 0.001) is NOTHING
    assert asyncio.all_tasks() != before
    del items
    gc.collect()
    await asyncio.sleep(0.01)
    assert asyncio.all_tasks() == before


async def numbers() -> AsyncGenerator[int, None]:
    """Yield numbers slowly."""
    await asyncio.sleep(60)
    yield 1


def test_dropping_after_the_loop_has_closed_is_harmless() -> None:
    """The running step ended with the loop."""
    items = Resumable(numbers())
    asyncio.run(with_wait_for(items, 0.001))
    del items
    gc.collect()
