"""The aiohttp sessions of a client: one for each event loop.

An asynchronous generator holds each session open, since a loop closes its generators before it
ends: so a session is closed in its own loop, even where nobody closed the client.
"""

import asyncio
import os
import warnings
from collections.abc import AsyncGenerator
from typing import Any, TypeAlias, final

import aiohttp
import attrs

Life: TypeAlias = AsyncGenerator[aiohttp.ClientSession, None]
Lives: TypeAlias = dict[asyncio.AbstractEventLoop, tuple[aiohttp.ClientSession, Life]]

_inherited: list[Lives] = []
"""Sessions of a parent process: a fork must neither use nor close them."""


@final
@attrs.define
class Connection:
    """Tell of the connection that a request went over: hand it in as `trace_request_ctx`.

    Attributes:
        reused: Whether it came out of the pool.
    """

    reused: bool = False


@final
class Sessions:
    """Open a session in each event loop that asks for one, and close them all."""

    def __init__(self, max_connections: int, max_connections_per_host: int) -> None:
        """Take the limits of each session; 0 is none."""
        self._limits = max_connections, max_connections_per_host
        self._lives: Lives = {}
        self._process = os.getpid()

    async def here(self) -> aiohttp.ClientSession:
        """Return the session of the running loop."""
        if self._process != os.getpid():
            _inherited.append(self._lives)
            self._lives = {}
            self._process = os.getpid()
        loop = asyncio.get_running_loop()
        if loop not in self._lives:
            for ended in [each for each in self._lives if each.is_closed()]:
                del self._lives[ended]
            life = self._live()
            self._lives[loop] = await anext(life), life
        return self._lives[loop][0]

    async def aclose(self) -> None:
        """Close all sessions, each in its loop."""
        here = asyncio.get_running_loop()
        while self._lives:
            loop, (_, life) = self._lives.popitem()
            if loop is here:
                await life.aclose()
            elif loop.is_running():
                elsewhere = asyncio.run_coroutine_threadsafe(_end(life), loop)
                await asyncio.wrap_future(elsewhere)

    def __del__(self) -> None:
        """Tell who dropped a client without closing it; its loop closes the sessions."""
        if any(not session.closed for session, _ in self._lives.values()):
            warnings.warn(
                "a MistralCore was not closed", ResourceWarning, source=self, stacklevel=1
            )

    async def _live(self) -> Life:
        total, per_host = self._limits
        tracing = aiohttp.TraceConfig()
        tracing.on_connection_reuseconn.append(_note_reuse)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=total, limit_per_host=per_host),
            cookie_jar=aiohttp.DummyCookieJar(),
            trace_configs=[tracing],
        )
        # aiohttp would send what is idempotent twice over any connection that breaks, unseen.
        session._retry_connection = False  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        try:
            yield session
        finally:
            await session.close()


async def _end(life: Life) -> None:
    await life.aclose()


async def _note_reuse(_: aiohttp.ClientSession, context: Any, __: object) -> None:
    context.trace_request_ctx.reused = True
