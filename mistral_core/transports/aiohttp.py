"""The transport on aiohttp: how a request of ours becomes one of its, and its errors ours."""

import ssl as tls
from copy import copy
from functools import lru_cache
from typing import final

import aiohttp
import attrs
from yarl import URL

from mistral_core.errors import (
    APIConnectionError,
    InvalidRequestError,
    MistralError,
    ResponseValidationError,
)
from mistral_core.http.messages import LARGEST_ANSWER, Headers, Request, Response, is_spent
from mistral_core.http.metadata import request_id
from mistral_core.http.servers import shown_url
from mistral_core.transports.connections import Connection, current
from mistral_core.transports.incoming import IncomingBody
from mistral_core.transports.proxies import Proxy, check_proxy, proxy_from_environment
from mistral_core.transports.sessions import Sessions
from mistral_core.transports.transport_errors import translate

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
PROXY_ADVICE = "Change it, add the host to NO_PROXY, or pass `trust_env=False`."


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
                connector reuses connections without the checks that the client's own makes.
            proxy: The URL of the HTTP proxy for all requests.
            ssl: The TLS context; `False` accepts any certificate.
            trust_env: Whether HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are used.
            max_connections: The most connections of one loop; 0 is no limit.
            max_connections_per_host: The most of them to one host; 0 is no limit.
            max_response_bytes: The largest body that is read, counted when decompressed.

        Raises:
            ValueError: `proxy` is not the URL of an HTTP proxy.
        """
        self._borrowed = session
        self._proxy = check_proxy(proxy) if proxy else None
        self._ssl = ssl
        self._trust_env = trust_env
        self._sessions = Sessions(max_connections, max_connections_per_host)
        self._max_response_bytes = max_response_bytes
        self._proxies: dict[tuple[str, str], Proxy | None] = {}

    async def send(self, request: Request) -> Response:
        """Send one request, and read its whole answer, but for one that is to be streamed."""
        url = _url(request)
        copied = _without_credentials(self._borrowed, request)
        try:
            session = copied or self._borrowed or await self._sessions.here()
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
            failure = translate(error, request, url, self._proxy_for(url))
        finally:
            if copied is not None:
                copied.detach()
        raise failure  # Out here it has no context, which would be aiohttp's error.

    async def _fetch(self, session: aiohttp.ClientSession, request: Request, url: URL) -> Response:
        """Fetch a URL, on another connection if the server has closed the one from the pool."""
        replaced = 0
        while True:
            connection = Connection(borrowed=self._borrowed is not None)
            current.set(connection)
            try:
                return await self._exchange(session, request, url)
            except aiohttp.ClientError as error:
                failure = translate(error, request, url, self._proxy_for(url))
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
        proxy = self._proxy_for(url)
        answer = await session.request(
            request.method,
            url,
            headers=_headers(request),
            data=request.body,
            skip_auto_headers=_skipped(request),
            proxy=None if proxy is None else proxy.url,
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
            return Response(answer.status, headers, stream=IncomingBody(answer, request, url))
        async with answer:
            return Response(answer.status, headers, await self._read(answer, headers))

    async def _read(self, answer: aiohttp.ClientResponse, headers: Headers) -> bytes:
        """Read a body as far as the limit: of an error enough to tell it, of all else the whole."""
        limit = self._max_response_bytes
        is_error = answer.status >= 300
        if is_error:
            limit = min(limit, LONGEST_ERROR)
        size = answer.content_length if "content-encoding" not in headers else None
        if size and size <= limit:
            return await answer.read()
        chunks: list[bytes] = []
        left = min(limit, LONGEST_ERROR) if size else limit
        async for chunk in answer.content.iter_any():
            chunks.append(chunk[:left])
            left -= len(chunk)
            if left < 0:
                answer.close()
                break
        if left >= 0 or is_error:
            return b"".join(chunks)
        raise ResponseValidationError(
            f"The answer has more than {limit} bytes, which is `max_response_bytes`",
            status=answer.status,
            request_id=request_id(headers),
            headers=headers,
            body=_first_bytes(chunks, LONGEST_ERROR),
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

    def _proxy_for(self, url: URL) -> Proxy | None:
        """Return the proxy for a URL; that of the environment is looked up once for each server.

        Raises:
            InvalidRequestError: The environment names something else than an HTTP proxy.
        """
        if self._proxy is not None or not self._trust_env:
            return self._proxy
        origin = url.scheme, url.raw_authority
        if origin not in self._proxies:
            try:
                self._proxies[origin] = proxy_from_environment(url)
            except ValueError as error:
                raise InvalidRequestError(f"{error}. {PROXY_ADVICE}", "proxy") from None
        return self._proxies[origin]


def _first_bytes(chunks: list[bytes], size: int) -> bytes:
    """Return the first bytes of a body without joining all of it."""
    first: list[bytes] = []
    for chunk in chunks:
        first.append(chunk[:size])
        size -= len(first[-1])
        if not size:
            break
    return b"".join(first)


def _without_credentials(
    session: aiohttp.ClientSession | None, request: Request
) -> aiohttp.ClientSession | None:
    """Return a copy of a borrowed session where its credentials would replace the key.

    It shares the connections, reads no .netrc, and has its `auth` only where there is no key.
    """
    if session is None or not (session.trust_env or session.auth):
        return None
    session = copy(session)
    vars(session)["_trust_env"] = False
    if request.authorization is not None:
        vars(session)["_default_auth"] = None
    return session


def _url(request: Request) -> URL:
    """Return the URL of a request, which a hook may have changed."""
    try:
        url = URL(request.url, encoded=True)
        _ = url.port  # Checked when it is read.
    except ValueError:
        message = f"The URL of the request is not valid{shown_url(request.url)}"
        raise InvalidRequestError(message, "server_url") from None
    return url


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
