"""The aiohttp sessions of a client: one for each event loop.

An asynchronous generator holds each session open, since a loop closes its generators before it
ends: so a session is closed in its own loop, even where nobody closed the client.
"""

import asyncio
import os
import time
import warnings
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import TypeAlias, final

import aiohttp

from mistral_core.transports.connections import Connector

Life: TypeAlias = AsyncGenerator[aiohttp.ClientSession, None]

_open: dict[aiohttp.ClientSession, Life] = {}
"""What is open, of whatever client. After a fork it holds the parent's sessions too, which the
child must neither use nor close."""

_closing: set[asyncio.Task[None]] = set()
"""Tasks that close what was dropped; an event loop keeps no strong reference to its tasks."""


CLOSING_ELSEWHERE = 1.0
"""Seconds to wait for the loops of other threads, each of which closes its own session."""

CLOSING_CHECK = 0.005
"""Seconds between two looks at whether they have done so."""


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
        session = self._here.get(loop)
        if session is None:
            for ended in [each for each in tuple(self._here) if each.is_closed()]:
                self._here.pop(ended, None)  # Another thread may have been here too.
            life = _live(*self._limits)
            self._here[loop] = session = await anext(life)
            _open[session] = life
        return session

    async def aclose(self) -> None:
        """Close all sessions, each in its own loop.

        A loop that ends meanwhile closes its session itself, and one that is busy or paused does
        so when it resumes. Those of the parent process are left alone.
        """
        sessions, self._here = self._here, {}
        if self._process != os.getpid():
            return
        running = running_loop()
        own = None if running is None else sessions.pop(running, None)
        for loop, session in sessions.items():
            _request_close(loop, session)
        if own is not None:
            await _close(own)
        limit = time.monotonic() + CLOSING_ELSEWHERE
        while running is not None and _any_open(sessions) and time.monotonic() < limit:  # noqa: ASYNC110
            await asyncio.sleep(CLOSING_CHECK)  # No event can be set by a loop that ends.

    def __reduce__(self) -> "tuple[type[Sessions], tuple[int, int]]":
        """Be pickled as the limits alone."""
        return Sessions, self._limits

    def __del__(self) -> None:
        """Close what was dropped unclosed, and tell of it."""
        for loop, session in self._here.items():
            if not session.closed and not loop.is_closed() and self._process == os.getpid():
                warnings.warn("a MistralCore was not closed", ResourceWarning, 1, self)
                _request_close(loop, session)


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the running loop; `None` where there is none, as under trio."""
    with suppress(RuntimeError):
        return asyncio.get_running_loop()
    return None


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
        _abort_requests(session)
        await session.close()


async def _close(session: aiohttp.ClientSession) -> None:
    life = _open.get(session)
    if life is not None:
        await life.aclose()


def _abort_requests(session: aiohttp.ClientSession) -> None:
    """Cut off what is being sent: to close a connection waits until its peer has read all of it."""
    acquired = getattr(session.connector, "_acquired", ())
    for transport in [getattr(protocol, "transport", None) for protocol in acquired]:
        if transport is not None:  # As for a connection that is being opened.
            transport.abort()


def _any_open(sessions: dict[asyncio.AbstractEventLoop, aiohttp.ClientSession]) -> bool:
    return any(loop.is_running() and not session.closed for loop, session in sessions.items())


def _request_close(loop: asyncio.AbstractEventLoop, session: aiohttp.ClientSession) -> None:
    with suppress(RuntimeError):  # The loop has ended, and with it the session.
        loop.call_soon_threadsafe(_close_soon, loop, session)


def _close_soon(loop: asyncio.AbstractEventLoop, session: aiohttp.ClientSession) -> None:
    task = loop.create_task(_close(session))
    _closing.add(task)
    task.add_done_callback(_closing.discard)
