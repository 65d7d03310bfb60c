"""The transport on aiohttp, and the only module that imports it.

A session lives in the event loop that opened it. An asynchronous generator holds it open, since a
loop closes its generators before it ends: so each session is closed in its own loop, even where
nobody closed the client.
"""

import asyncio
import os
import ssl as tls
from collections.abc import AsyncGenerator
from functools import lru_cache
from typing import NoReturn, TypeAlias, final
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

from mistral_core.errors import APIConnectionError, InvalidRequestError, RequestTimeoutError
from mistral_core.wire import Headers, Request, Response

Sessions: TypeAlias = dict[
    asyncio.AbstractEventLoop,
    tuple[aiohttp.ClientSession, AsyncGenerator[aiohttp.ClientSession, None]],
]

NO_BODY = ("content-type",)
"""What aiohttp would say of a body that there is not."""

_inherited: list[Sessions] = []
"""Sessions of a parent process: a fork must neither use nor close them."""


@final
class AiohttpTransport:
    """Send requests through an aiohttp session for each event loop, or through a borrowed one."""

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession | None = None,
        proxy: str | None = None,
        ssl: tls.SSLContext | bool = True,
        trust_env: bool = True,
        max_connections: int = 100,
        max_connections_per_host: int = 0,
    ) -> None:
        """Take the settings; nothing is opened before the first request.

        Args:
            session: A session to borrow. It is never closed, and only serves its own loop.
            proxy: The URL of the HTTP proxy for all requests.
            ssl: The TLS context; `False` accepts any certificate.
            trust_env: Whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY are heeded.
            max_connections: The most connections of one loop; 0 is no limit.
            max_connections_per_host: The most of them to one host; 0 is no limit.
        """
        self._borrowed = session
        self._proxy = proxy
        self._ssl = ssl
        self._trust_env = trust_env
        self._limits = max_connections, max_connections_per_host
        self._proxies: dict[tuple[str, str | None], str | None] = {}
        self._sessions: Sessions = {}
        self._process = os.getpid()

    async def send(self, request: Request) -> Response:
        """Send one request, and read its whole answer."""
        url = URL(request.url, encoded=True)
        try:
            session = self._borrowed or await self._session()
            async with session.request(
                request.method,
                url,
                headers=_headers(request),
                data=request.body,
                skip_auto_headers=NO_BODY if request.body is None else None,
                proxy=self._proxy or self._proxy_for(url),
                ssl=self._ssl,
                allow_redirects=False,
                raise_for_status=False,
                timeout=_timeout(request.connect_timeout, request.read_timeout),
            ) as response:
                body = await response.read()
                return Response(response.status, Headers(response.headers.items()), body)
        except Exception as error:  # noqa: BLE001
            _translate(error, request, url)

    async def aclose(self) -> None:
        """Close all sessions but a borrowed one, each in its loop."""
        here = asyncio.get_running_loop()
        while self._sessions:
            loop, (_, life) = self._sessions.popitem()
            if loop is here:
                await life.aclose()
            elif loop.is_running():
                elsewhere = asyncio.run_coroutine_threadsafe(_end(life), loop)
                await asyncio.wrap_future(elsewhere)

    async def _session(self) -> aiohttp.ClientSession:
        if self._process != os.getpid():
            _inherited.append(self._sessions)
            self._sessions = {}
            self._process = os.getpid()
        loop = asyncio.get_running_loop()
        if loop not in self._sessions:
            for ended in [each for each in self._sessions if each.is_closed()]:
                del self._sessions[ended]
            life = self._session_life()
            self._sessions[loop] = await anext(life), life
        return self._sessions[loop][0]

    async def _session_life(self) -> AsyncGenerator[aiohttp.ClientSession, None]:
        total, per_host = self._limits
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=total, limit_per_host=per_host),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        try:
            yield session
        finally:
            await session.close()

    def _proxy_for(self, url: URL) -> str | None:
        """Return the environment's proxy: found once for a host, where aiohttp asks a thread."""
        if not self._trust_env:
            return None
        origin = url.scheme, url.host
        if origin not in self._proxies:
            bypassed = proxy_bypass(url.host or "")
            self._proxies[origin] = None if bypassed else getproxies().get(url.scheme)
        return self._proxies[origin]


async def _end(life: AsyncGenerator[aiohttp.ClientSession, None]) -> None:
    await life.aclose()


def _headers(request: Request) -> dict[str, str]:
    if request.authorization is None:
        return dict(request.headers)
    return {**request.headers, "authorization": request.authorization.reveal()}


@lru_cache
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read)


def _translate(error: Exception, request: Request, url: URL) -> NoReturn:
    """Raise the error of ours that one of aiohttp's is; its traceback may hold the key."""
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__ = None
        cause = cause.__cause__ or cause.__context__
    server = f"{url.host}:{url.port}"
    what = " ".join(str(error).split()) or type(error).__name__
    match error:
        case aiohttp.ConnectionTimeoutError():
            limit = request.connect_timeout
            raise RequestTimeoutError(
                f"No connection to {server} within {limit:g} seconds", "connect"
            ) from error
        case aiohttp.ServerTimeoutError():
            limit = request.read_timeout
            raise RequestTimeoutError(
                f"{server} was silent for {limit:g} seconds", "read"
            ) from error
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            raise APIConnectionError(
                f"No secure connection to {server}: {what}", sent=False, temporary=False
            ) from error
        case aiohttp.ClientHttpProxyError():
            raise APIConnectionError(
                f"The proxy refuses to connect to {server}: {error.status} {error.message}",
                sent=False,
                temporary=error.status >= 500,
            ) from error
        case aiohttp.ClientConnectorError():
            raise APIConnectionError(
                f"No connection to {server}: {error.os_error}", sent=False
            ) from error
        case ValueError():
            raise InvalidRequestError(f"{server} cannot be called: {what}", "server_url") from error
        case aiohttp.ClientPayloadError():
            raise APIConnectionError(f"{server} broke off its answer: {what}") from error
        case aiohttp.ClientResponseError():
            raise APIConnectionError(f"{server} did not answer in HTTP: {what}") from error
        case _:
            raise APIConnectionError(f"The connection to {server} broke: {what}") from error
