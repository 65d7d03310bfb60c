"""Tracebacks of cancelled and timed out calls do not show the key.

Tools that report errors record the variables of each frame of a traceback.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any, TypeAlias, cast

import aiohttp
import attrs
import pytest

from mistral_core import File, Hooks, MistralCore, Ok, Request, Response
from mistral_core.http.secret import Secret
from mistral_funcs import chat_stream, files_download, files_upload, models_list
from tests.client.raw_server import serving

KEY = "sk-0123456789abcdef"
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 999\r\n\r\n"
Call: TypeAlias = Callable[[MistralCore], Awaitable[object]]


async def chat(client: MistralCore) -> None:
    """Read a chat stream."""
    opened = await chat_stream(client, model="m", messages=[{"role": "user", "content": "Hi"}])
    assert isinstance(opened, Ok)
    async with opened.value as events:
        async for _ in events:
            pass


async def download(client: MistralCore) -> None:
    """Read a download."""
    opened = await files_download(client, "f")
    assert isinstance(opened, Ok)
    await opened.value.read()


async def upload(client: MistralCore) -> None:
    """Upload a file."""
    await files_upload(client, file=File(b"text", file_name="f.txt"))


CALLS: dict[str, tuple[Call, bytes | None]] = {
    "a call": (models_list, None),
    "an upload": (upload, None),
    "an event stream": (chat, EVENTS),
    "a download": (download, EVENTS),
}


def frames(error: BaseException | None, seen: set[int]) -> Iterator[FrameType]:
    """Yield the frames of an exception and of its causes and contexts."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    traceback = error.__traceback__
    while traceback is not None:
        yield traceback.tb_frame
        traceback = traceback.tb_next
    for behind in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
        yield from frames(behind, seen)


def shows_key(value: Any, depth: int = 4) -> bool:
    """Return whether a value or its contents show the key in their representation."""
    if isinstance(value, Secret | MistralCore) or depth == 0:
        return False
    if KEY in repr(value):
        return True
    inside: Iterable[Any] = ()
    if isinstance(value, dict):
        inside = cast("dict[str, Any]", value).values()
    elif isinstance(value, list | tuple | set):
        inside = cast("Iterable[Any]", value)
    elif attrs.has(value.__class__):
        inside = [getattr(value, name, None) for name in attrs.fields_dict(value.__class__)]
    return any(shows_key(each, depth - 1) for each in inside)


def check(error: BaseException) -> None:
    """Check that no frame of an exception belongs to aiohttp or shows the key."""
    ours = 0
    for frame in frames(error, set()):
        name = frame.f_globals["__name__"]
        ours += name.startswith("mistral_core")
        assert not name.startswith(("aiohttp", "aiohappyeyeballs", "yarl", "multidict")), name
        if not name.startswith(("tests", "asyncio", "_pytest")):
            shown = [local for local, value in frame.f_locals.items() if shows_key(value)]
            assert not shown, f"{frame.f_code.co_qualname}: {shown}"
    assert ours


async def within(call: Call, client: MistralCore) -> None:
    """Call within `asyncio.timeout`."""
    async with asyncio.timeout(0.1):
        await call(client)


async def waited_for(call: Call, client: MistralCore) -> None:
    """Call within `asyncio.wait_for`."""
    await asyncio.wait_for(asyncio.ensure_future(call(client)), 0.1)


async def cancelled(call: Call, client: MistralCore) -> None:
    """Cancel the task of the call."""
    task = asyncio.ensure_future(call(client))
    await asyncio.sleep(0.1)
    task.cancel("enough")
    await task


async def in_a_group(call: Call, client: MistralCore) -> None:
    """Call in a task group with a failing task."""

    async def fail() -> None:
        await asyncio.sleep(0.1)
        raise ZeroDivisionError

    async with asyncio.TaskGroup() as group:
        group.create_task(fail())
        await call(client)


@asynccontextmanager
async def connected(borrowed: bool, response: bytes | None) -> AsyncGenerator[MistralCore, None]:  # noqa: FBT001
    """Yield a client of a server that is silent, or silent after these bytes."""
    async with serving(response, None) as (url, _), aiohttp.ClientSession() as own:
        session = own if borrowed else None
        async with MistralCore(KEY, server_url=url, session=session) as client:
            yield client


@pytest.mark.parametrize("borrowed", [False, True], ids=["own session", "borrowed session"])
@pytest.mark.parametrize("how", [within, waited_for, cancelled, in_a_group])
@pytest.mark.parametrize("name", CALLS)
async def test_no_frame_shows_the_key(
    name: str,
    how: Callable[[Call, MistralCore], Awaitable[None]],
    borrowed: bool,  # noqa: FBT001
) -> None:
    """Neither in the exception, nor in its causes and contexts."""
    call, response = CALLS[name]
    async with connected(borrowed, response) as client:
        with pytest.raises((TimeoutError, asyncio.CancelledError, ExceptionGroup)) as raised:
            await how(call, client)
    check(raised.value)


async def test_the_check_detects_a_key() -> None:
    """In a traceback of aiohttp itself."""
    async with serving(None) as (url, _), aiohttp.ClientSession() as session:
        headers = {"authorization": f"Bearer {KEY}"}
        with pytest.raises(TimeoutError) as raised:
            async with asyncio.timeout(0.1):
                await session.get(url, headers=headers)
    names = {frame.f_globals["__name__"] for frame in frames(raised.value, set())}
    assert "aiohttp.client" in names
    assert any(
        shows_key(value)
        for frame in frames(raised.value, set())
        for value in frame.f_locals.values()
        if frame.f_globals["__name__"].startswith("aiohttp")
    )


async def test_a_cancellation_is_that_of_the_caller() -> None:
    """It keeps its message, its count and its context."""
    async with connected(False, None) as client:  # noqa: FBT003

        async def call() -> None:
            try:
                _ = {"second": 2}["first"]
            except KeyError:
                await models_list(client)

        task = asyncio.create_task(call())
        await asyncio.sleep(0.05)
        task.cancel("enough")
        with pytest.raises(asyncio.CancelledError, match="enough") as raised:
            await task
    assert task.cancelling() == 1
    contexts = [type(raised.value.__context__)]
    assert contexts == [KeyError]


class Stop(BaseException):
    """An exception of a debugger or a signal handler."""


@pytest.mark.parametrize("where", ["key function", "hook", "transport"])
async def test_other_exceptions_are_raised_without_frames(where: str) -> None:
    """The function that raised it may have a key in its variables."""

    def stop(*_: object) -> Any:
        key = KEY
        raise Stop(len(key))

    class Stopping:
        async def send(self, request: Request) -> Response:
            del request
            return stop()  # type: ignore[no-any-return]

        async def aclose(self) -> None:
            pass

    client = MistralCore(
        stop if where == "key function" else KEY,
        hooks=Hooks(before_request=stop) if where == "hook" else Hooks(),
        transport=Stopping(),
    )
    with pytest.raises(Stop) as raised:
        await models_list(client)
    names = {frame.f_code.co_name for frame in frames(raised.value, set())}
    assert "stop" not in names
