"""The aiohttp sessions of a client, one for each event loop.

An asynchronous generator holds each session open. An event loop closes its generators before it
ends, so each session is closed in its own loop even if the client is not closed.
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

SessionLifetime: TypeAlias = AsyncGenerator[aiohttp.ClientSession, None]
"""A generator that yields a session once, and closes it when the generator is closed."""

_open: dict[aiohttp.ClientSession, SessionLifetime] = {}
"""The open sessions of all clients. After a fork they include the parent's sessions, which the
child must neither use nor close."""

_closing: set[asyncio.Task[None]] = set()
"""Running tasks that close sessions: an event loop keeps no strong reference to its tasks."""


CLOSE_TIMEOUT = 1.0
"""Seconds to wait for the event loops of other threads to close their sessions."""

CLOSE_POLL_INTERVAL = 0.005
"""Seconds between two checks of whether they are closed."""


@final
class Sessions:
    """The sessions of a client, opened on demand in each event loop."""

    def __init__(self, max_connections: int, max_connections_per_host: int) -> None:
        """Set the limits of each session. 0 means no limit."""
        self._limits = max_connections, max_connections_per_host
        self._by_loop: dict[asyncio.AbstractEventLoop, aiohttp.ClientSession] = {}
        self._process = os.getpid()

    async def for_running_loop(self) -> aiohttp.ClientSession:
        """Return the session of the running event loop."""
        if self._process != os.getpid():
            self._by_loop, self._process = {}, os.getpid()
        loop = asyncio.get_running_loop()
        session = self._by_loop.get(loop)
        if session is None:
            for closed in [each for each in tuple(self._by_loop) if each.is_closed()]:
                self._by_loop.pop(closed, None)  # Another thread may have removed it.
            lifetime = _hold_open(*self._limits)
            self._by_loop[loop] = session = await anext(lifetime)
            _open[session] = lifetime
        return session

    async def aclose(self) -> None:
        """Close all sessions, each in its own event loop.

        A loop that ends meanwhile closes its session itself. A loop that is busy or paused closes
        it when it resumes. Sessions of the parent process are left open.
        """
        sessions, self._by_loop = self._by_loop, {}
        if self._process != os.getpid():
            return
        running = running_loop()
        own = None if running is None else sessions.pop(running, None)
        for loop, session in sessions.items():
            _request_close(loop, session)
        if own is not None:
            await _close(own)
        limit = time.monotonic() + CLOSE_TIMEOUT
        while running is not None and _any_open(sessions) and time.monotonic() < limit:  # noqa: ASYNC110
            await asyncio.sleep(CLOSE_POLL_INTERVAL)  # A loop that ends cannot set an event.

    def __reduce__(self) -> "tuple[type[Sessions], tuple[int, int]]":
        """Pickle the limits only."""
        return Sessions, self._limits

    def __del__(self) -> None:
        """Close sessions that were not closed, with a warning."""
        for loop, session in self._by_loop.items():
            if not session.closed and not loop.is_closed() and self._process == os.getpid():
                warnings.warn("a MistralCore was not closed", ResourceWarning, 1, self)
                _request_close(loop, session)


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the running event loop, or `None` if there is none, as under trio."""
    with suppress(RuntimeError):
        return asyncio.get_running_loop()
    return None


async def _hold_open(max_connections: int, max_connections_per_host: int) -> SessionLifetime:
    session = aiohttp.ClientSession(
        connector=Connector(limit=max_connections, limit_per_host=max_connections_per_host),
        cookie_jar=aiohttp.DummyCookieJar(),
    )
    # Otherwise aiohttp silently repeats idempotent requests when a connection breaks.
    session._retry_connection = False  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    try:
        yield session
    finally:
        _open.pop(session, None)
        _abort_requests(session)
        await session.close()


async def _close(session: aiohttp.ClientSession) -> None:
    lifetime = _open.get(session)
    if lifetime is not None:
        await lifetime.aclose()


def _abort_requests(session: aiohttp.ClientSession) -> None:
    """Abort requests that are being sent: closing waits until the peer has read them."""
    acquired = getattr(session.connector, "_acquired", ())
    for transport in [getattr(protocol, "transport", None) for protocol in acquired]:
        if transport is not None:  # It is `None` while a connection is being opened.
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
