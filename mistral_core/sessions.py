"""The aiohttp sessions of a client: one for each event loop.

An asynchronous generator holds each session open, since a loop closes its generators before it
ends: so a session is closed in its own loop, even where nobody closed the client.
"""

import asyncio
import os
import warnings
from collections.abc import AsyncGenerator
from typing import TypeAlias, final

import aiohttp

from mistral_core.connections import Connector

Life: TypeAlias = AsyncGenerator[aiohttp.ClientSession, None]

_open: dict[aiohttp.ClientSession, Life] = {}
"""What is open, of whatever client. After a fork it holds the parent's sessions too, which the
child must neither use nor close."""

_closing: set[asyncio.Task[None]] = set()
"""Tasks that close what was dropped; an event loop keeps no strong reference to its tasks."""


@final
class Sessions:
    """Open a session in each event loop that asks for one, and close them all."""

    def __init__(self, max_connections: int, max_connections_per_host: int) -> None:
        """Take the limits of each session; 0 is none."""
        self._limits = max_connections, max_connections_per_host
        self._here: dict[asyncio.AbstractEventLoop, aiohttp.ClientSession] = {}
        self._process = os.getpid()

    async def here(self) -> aiohttp.ClientSession:
        """Return the session of the running loop."""
        if self._process != os.getpid():
            self._here, self._process = {}, os.getpid()
        loop = asyncio.get_running_loop()
        if loop not in self._here:
            for ended in [each for each in self._here if each.is_closed()]:
                del self._here[ended]
            life = _live(*self._limits)
            self._here[loop] = session = await anext(life)
            _open[session] = life
        return self._here[loop]

    async def aclose(self) -> None:
        """Close all sessions, each in its loop."""
        here = asyncio.get_running_loop()
        while self._here:
            loop, session = self._here.popitem()
            if loop is here:
                await _close(session)
            elif loop.is_running():
                elsewhere = asyncio.run_coroutine_threadsafe(_close(session), loop)
                await asyncio.wrap_future(elsewhere)

    def __reduce__(self) -> "tuple[type[Sessions], tuple[int, int]]":
        """Be pickled as the limits alone."""
        return Sessions, self._limits

    def __del__(self) -> None:
        """Close what was dropped unclosed, and tell of it."""
        for loop, session in self._here.items():
            if not session.closed and not loop.is_closed() and self._process == os.getpid():
                warnings.warn("a MistralCore was not closed", ResourceWarning, 1, self)
                loop.call_soon_threadsafe(_close_soon, loop, session)


async def _live(max_connections: int, max_connections_per_host: int) -> Life:
    session = aiohttp.ClientSession(
        connector=Connector(limit=max_connections, limit_per_host=max_connections_per_host),
        cookie_jar=aiohttp.DummyCookieJar(),
    )
    # aiohttp would send what is idempotent twice over any connection that breaks, unseen.
    session._retry_connection = False  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    try:
        yield session
    finally:
        _open.pop(session, None)
        await session.close()


async def _close(session: aiohttp.ClientSession) -> None:
    life = _open.get(session)
    if life is not None:
        await life.aclose()


def _close_soon(loop: asyncio.AbstractEventLoop, session: aiohttp.ClientSession) -> None:
    task = loop.create_task(_close(session))
    _closing.add(task)
    task.add_done_callback(_closing.discard)
