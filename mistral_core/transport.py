"""The transport on aiohttp: how a request of ours becomes one of its, and its errors ours."""

import asyncio
import ssl as tls
import warnings
from collections.abc import AsyncGenerator
from functools import lru_cache
from typing import final
from urllib.request import getproxies, proxy_bypass

import aiohttp
import attrs
from yarl import URL

from mistral_core.call import request_id
from mistral_core.connections import Connection, current
from mistral_core.errors import (
    APIConnectionError,
    Failure,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
    ResponseValidationError,
)
from mistral_core.sessions import Sessions
from mistral_core.text import in_one_line
from mistral_core.wire import LARGEST_ANSWER, Headers, Request, Response, is_spent

MOST_REDIRECTS = 5
MOST_STALE = 3
BROKEN = (
    aiohttp.ClientConnectionResetError,
    aiohttp.ClientOSError,
    aiohttp.ServerDisconnectedError,
)
NOT_REPEATED = (
    ". The server may have processed the request, so it is not repeated"
    " unless `retry_non_idempotent` is set"
)
LONGEST_ERROR = 2**20
LONGEST_HEADER = 2**16
"""The longest line of a response's head that is read; aiohttp's own limit is 8 KiB."""


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
        max_response_bytes: int = LARGEST_ANSWER,
    ) -> None:
        """Take the settings; nothing is opened before the first request.

        Args:
            session: A session to borrow. It is never closed, and only serves its own loop. Its
                connector reuses connections without the checks of `mistral_core.connections`.
            proxy: The URL of the HTTP proxy for all requests.
            ssl: The TLS context; `False` accepts any certificate.
            trust_env: Whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY are heeded.
            max_connections: The most connections of one loop; 0 is no limit.
            max_connections_per_host: The most of them to one host; 0 is no limit.
            max_response_bytes: The largest body that is read, counted when decompressed.
        """
        self._borrowed = session
        self._proxy = proxy
        self._ssl = ssl
        self._trust_env = trust_env
        self._sessions = Sessions(max_connections, max_connections_per_host)
        self._max_response_bytes = max_response_bytes
        self._proxies: dict[tuple[str, str | None], str | None] = {}

    async def send(self, request: Request) -> Response:
        """Send one request, and read its whole answer, but for one that is to be streamed."""
        url = URL(request.url, encoded=True)
        try:
            session = self._borrowed or await self._sessions.here()
            response = await self._fetch(session, request, url)
            redirects = 0
            while 300 <= response.status < 400 and redirects < MOST_REDIRECTS:
                elsewhere = _redirect(request.method, url, response)
                if elsewhere is None or is_spent(request.body):
                    break
                url = elsewhere
                response = await self._fetch(session, request, url)
                redirects += 1
            return response  # noqa: TRY300
        except MistralError:
            raise
        except Exception as error:  # noqa: BLE001
            failure = _translate(error, request, url)
        raise failure  # Out here it has no context, which would be aiohttp's error.

    async def _fetch(self, session: aiohttp.ClientSession, request: Request, url: URL) -> Response:
        """Fetch a URL, on another connection if the server has closed the one from the pool."""
        replaced = 0
        while True:
            connection = Connection(borrowed=session is self._borrowed)
            current.set(connection)
            try:
                return await self._exchange(session, request, url)
            except aiohttp.ClientError as error:
                failure = _translate(error, request, url)
                broken = isinstance(error, BROKEN)
            if not (isinstance(failure, APIConnectionError) and failure.sent):
                raise failure
            if connection.is_unsent:
                failure = attrs.evolve(failure, sent=False)
            elif broken and not request.idempotent:
                failure = attrs.evolve(failure, message=failure.message + NOT_REPEATED)
            repeatable = request.idempotent or not failure.sent
            if not (broken and connection.reused and repeatable) or is_spent(request.body):
                raise failure
            replaced += 1
            if replaced > MOST_STALE:
                raise failure

    async def _exchange(
        self, session: aiohttp.ClientSession, request: Request, url: URL
    ) -> Response:
        answer = await session.request(
            request.method,
            url,
            headers=_headers(request),
            data=request.body,
            skip_auto_headers=_skipped(request),
            proxy=self._proxy or self._proxy_for(url),
            ssl=self._ssl,
            allow_redirects=False,
            raise_for_status=False,
            timeout=_timeout(request.connect_timeout, request.read_timeout),
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
        )
        headers = Headers(answer.headers.items())
        if "keep-alive" in headers:
            current.get().expire_after(headers["keep-alive"])
        if request.streamed and 200 <= answer.status < 300:
            return Response(answer.status, headers, stream=_Incoming(answer, request, url))
        async with answer:
            return Response(answer.status, headers, await self._read(answer, headers))

    async def _read(self, answer: aiohttp.ClientResponse, headers: Headers) -> bytes:
        """Read a body as far as the limit: of an error enough to tell it, of all else the whole."""
        limit = self._max_response_bytes
        is_error = answer.status >= 300
        if is_error:
            limit = min(limit, LONGEST_ERROR)
        if "content-encoding" not in headers and (answer.content_length or limit + 1) <= limit:
            return await answer.read()
        chunks: list[bytes] = []
        left = limit
        async for chunk in answer.content.iter_any():
            chunks.append(chunk[:left])
            left -= len(chunk)
            if left < 0:
                answer.close()
                break
        body = b"".join(chunks)
        if left >= 0 or is_error:
            return body
        raise ResponseValidationError(
            f"The answer has more than {limit} bytes, which is `max_response_bytes`",
            status=answer.status,
            request_id=request_id(headers),
            headers=headers,
            body=body[:LONGEST_ERROR],
        )

    async def aclose(self) -> None:
        """Close all sessions but a borrowed one."""
        await self._sessions.aclose()

    def __getstate__(self) -> dict[str, object]:
        """Return what is pickled: the settings, without what was found on this machine.

        Raises:
            TypeError: The session is borrowed, or the TLS context is one of the user's.
        """
        if self._borrowed is not None:
            raise TypeError("a borrowed `session` belongs to its process")
        if isinstance(self._ssl, tls.SSLContext):
            raise TypeError("an SSLContext as `ssl` belongs to its process")
        return {**vars(self), "_proxies": {}}

    def _proxy_for(self, url: URL) -> str | None:
        """Return the environment's proxy: found once for a host, where aiohttp asks a thread."""
        if not self._trust_env:
            return None
        origin = url.scheme, url.raw_host
        if origin not in self._proxies:
            bypassed = proxy_bypass(url.host or "")
            self._proxies[origin] = None if bypassed else getproxies().get(url.scheme)
        return self._proxies[origin]


@final
class _Incoming:
    """Read the body of an answer of aiohttp's while it comes."""

    def __init__(self, answer: aiohttp.ClientResponse, request: Request, url: URL) -> None:
        self._answer = answer
        self._request = request
        self._url = url
        self._loop = asyncio.get_running_loop()
        self._open = True

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        try:
            async for chunk in self._answer.content.iter_any():
                yield chunk
        except Exception as error:  # noqa: BLE001
            failure = _translate(error, self._request, self._url)
        else:
            return
        raise failure  # Out here it has no context, which would be aiohttp's error.

    async def aclose(self) -> None:
        self._open = False
        self._answer.close()

    def __del__(self) -> None:
        if self._open and not self._loop.is_closed():
            warnings.warn("a stream was neither read nor closed", ResourceWarning, 1, self)
            self._loop.call_soon_threadsafe(self._answer.close)


def _redirect(method: str, url: URL, response: Response) -> URL | None:
    """Return where to go on: on the same server, with the same method, or nowhere."""
    follows = response.status in (307, 308) or (
        response.status in (301, 302, 303) and method == "GET"
    )
    location = response.headers.get("location", "")
    if (
        not follows
        or not location
        or not location.isascii()
        or not location.isprintable()
        or " " in location
    ):
        return None
    try:
        target = url.join(URL(location, encoded=True))
        return target if target.origin() == url.origin() and target.user is None else None
    except ValueError:
        return None


def _headers(request: Request) -> dict[str, str]:
    headers = dict(request.headers)
    if request.authorization is not None:
        headers["authorization"] = request.authorization.reveal()
    if not isinstance(request.body, bytes | None) and request.body.size is not None:
        headers["content-length"] = str(request.body.size)
    return headers


def _skipped(request: Request) -> tuple[str, ...] | None:
    """Return the header that aiohttp would give a body that there is not; it gives a GET none."""
    return ("content-type",) if request.body is None and request.method != "GET" else None


@lru_cache
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read)


def _translate(error: Exception, request: Request, url: URL) -> Failure:  # noqa: PLR0911
    """Return the error of ours that one of aiohttp's is.

    Of the original no more is kept than an `OSError` below it: aiohttp's own hold the request's
    headers, and so the key.
    """
    server = f"{url.host}:{url.port}"
    said = error.message if isinstance(error, aiohttp.ClientResponseError) else str(error)
    what = in_one_line(said) or type(error).__name__
    failure: Failure
    match error:
        case aiohttp.ConnectionTimeoutError():
            limit = request.connect_timeout
            return RequestTimeoutError(f"No connection to {server} within {limit:g} s", "connect")
        case aiohttp.ServerTimeoutError():
            limit = request.read_timeout
            return RequestTimeoutError(f"{server} was silent for {limit:g} s", "read")
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            what = f"No secure connection to {server}: {what}"
            return APIConnectionError(what, sent=False, temporary=False)
        case aiohttp.ClientHttpProxyError():
            what = f"The proxy refuses to connect to {server}: {error.status} {error.message}"
            return APIConnectionError(what, sent=False, temporary=error.status >= 500)
        case aiohttp.ClientConnectorError():
            failure = APIConnectionError(f"No connection to {server}: {error.os_error}", sent=False)
            failure.__cause__ = error.os_error.with_traceback(None)
            return failure
        case ValueError():
            return InvalidRequestError(f"{server} cannot be called: {what}", "server_url")
        case aiohttp.ClientPayloadError():
            return APIConnectionError(f"{server} broke off its answer: {what}")
        case aiohttp.ClientResponseError():
            return APIConnectionError(f"{server} did not answer in HTTP that can be read: {what}")
        case _:
            return APIConnectionError(f"The connection to {server} broke: {what}")
