"""The transport on aiohttp, which translates requests, responses and errors."""

import ssl as tls
from collections.abc import Mapping
from copy import copy
from functools import lru_cache, partial
from typing import final

import aiohttp
import attrs
from yarl import URL

from mistral_core.errors import (
    APIConnectionError,
    InvalidRequestError,
    MistralError,
)
from mistral_core.http.headers import Headers
from mistral_core.http.messages import MAX_RESPONSE_BYTES, Request, Response, is_spent
from mistral_core.transports.complete_body import read_body
from mistral_core.transports.connections import Connection, Connector, current
from mistral_core.transports.direct import DirectResponse, needs_session, send
from mistral_core.transports.incoming import IncomingBody
from mistral_core.transports.proxies import Proxy, check_proxy, proxy_from_environment
from mistral_core.transports.routes import Route
from mistral_core.transports.sessions import Sessions
from mistral_core.transports.transport_errors import translate
from mistral_core.transports.urls import redirect_target, request_url
from mistral_core.transports.websocket import open_channel

MAX_REDIRECTS = 5
MAX_STALE_CONNECTIONS = 3
BROKEN = (
    aiohttp.ClientConnectionResetError,
    aiohttp.ClientOSError,
    aiohttp.ServerDisconnectedError,
)
NOT_REPEATED = (
    ". The server may have processed the request, so it is not repeated"
    " unless `retry_non_idempotent` is set"
)
MAX_HEADER_BYTES = 2**16
"""Maximum length of a line in the head of a response. aiohttp's default is 8 KiB."""
PROXY_ADVICE = "Change it, add the host to NO_PROXY, or pass `trust_env=False`."


@final
class AiohttpTransport:
    """A transport with an aiohttp session for each event loop, or with a borrowed session."""

    def __init__(
        self,
        *,
        session: aiohttp.ClientSession | None = None,
        proxy: str | None = None,
        ssl: tls.SSLContext | bool = True,
        trust_env: bool = True,
        max_connections: int = 100,
        max_connections_per_host: int = 0,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
    ) -> None:
        """Configure a transport. Nothing is opened before the first request.

        Args:
            session: A session to borrow. It is never closed, and only serves its own event loop.
                Its connector reuses connections without the checks of the client's own.
            proxy: URL of an HTTP proxy for all requests.
            ssl: TLS context. `False` accepts any certificate.
            trust_env: Whether HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY are used.
            max_connections: Maximum number of connections per event loop. 0 means no limit.
            max_connections_per_host: Maximum number of connections to one host. 0 means no limit.
            max_response_bytes: Size limit of a response body, counted after decompression.

        Raises:
            ValueError: `proxy` is not the URL of an HTTP proxy.
        """
        self._borrowed = session
        self._proxy = check_proxy(proxy) if proxy else None
        self._ssl = ssl
        self._trust_env = trust_env
        self._sessions = Sessions(max_connections, max_connections_per_host)
        # A WebSocket occupies a connection for minutes, and must not keep calls waiting for one.
        self._websocket_sessions = Sessions(0, 0)
        self._max_response_bytes = max_response_bytes
        self._proxies: dict[tuple[str, str], Proxy | None] = {}

    async def send(self, request: Request) -> Response:
        """Send a request, and read the complete response unless it is streamed."""
        url = request_url(request)
        session_copy = _without_credentials(self._borrowed, request)
        try:
            sessions = self._websocket_sessions if request.websocket else self._sessions
            session = session_copy or self._borrowed or await sessions.for_running_loop()
            response = await self._fetch(session, request, url)
            redirects = 0 if request.redirects else MAX_REDIRECTS
            while 300 <= response.status < 400 and redirects < MAX_REDIRECTS:
                target = redirect_target(request.method, url, response)
                if target is None or is_spent(request.body):
                    break
                url = target
                response = await self._fetch(session, request, url)
                redirects += 1
            return response  # noqa: TRY300
        except MistralError:
            raise
        except Exception as error:  # noqa: BLE001
            failure = translate(error, request, url, self._proxy_for(url))
        finally:
            if session_copy is not None:
                session_copy.detach()
        raise failure  # Outside of the `except` block its context is not aiohttp's error.

    async def _fetch(self, session: aiohttp.ClientSession, request: Request, url: URL) -> Response:
        """Send a request to a URL, and repeat it if the server has closed the pooled connection."""
        stale_connections = 0
        connector = session.connector
        while True:
            connection = Connection(borrowed=self._borrowed is not None)
            current.set(connection)
            try:
                if isinstance(connector, Connector) and not needs_session(session, request):
                    direct = await send(connector, request, url, MAX_HEADER_BYTES)
                    if direct is not None:
                        return await self._received(direct, request, url)
                return await self._send_once(session, request, url)
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
            stale_connections += 1
            if stale_connections > MAX_STALE_CONNECTIONS:
                raise failure

    async def _send_once(
        self, session: aiohttp.ClientSession, request: Request, url: URL
    ) -> Response:
        if request.websocket:
            send = partial(self._request, session, request, url, read_until_eof=False)
            upgraded = await open_channel(session, send, request, url, self._max_response_bytes)
            if isinstance(upgraded, Response):
                return upgraded
            response = upgraded
        else:
            response = await self._request(session, request, url)
            self._learn(session, response, request, url)
        return await self._received(response, request, url)

    async def _received(
        self, response: aiohttp.ClientResponse | DirectResponse, request: Request, url: URL
    ) -> Response:
        """Return a response with its body, unless it is streamed."""
        headers = Headers(response.headers.items())
        if "keep-alive" in response.headers:
            current.get().expire_after(headers["keep-alive"])
        if request.streamed and 200 <= response.status < 300:
            return Response(response.status, headers, stream=IncomingBody(response, request, url))
        body = await read_body(response, headers, self._max_response_bytes)
        return Response(response.status, headers, body)

    def _learn(
        self,
        session: aiohttp.ClientSession,
        response: aiohttp.ClientResponse,
        request: Request,
        url: URL,
    ) -> None:
        """Store the route of a request, for later requests to the same server."""
        connector, handler = session.connector, current.get().handler
        if not isinstance(connector, Connector) or handler is None:
            return
        if self._proxy_for(url) or url.user is not None:
            return
        route = Route.of(response, request, handler.key)
        if route is not None:
            connector.routes[url.scheme, url.raw_authority] = route

    async def _request(
        self,
        session: aiohttp.ClientSession,
        request: Request,
        url: URL,
        upgrade: Mapping[str, str] | None = None,
        *,
        read_until_eof: bool = True,
    ) -> aiohttp.ClientResponse:
        proxy = self._proxy_for(url)
        return await session.request(
            request.method,
            url,
            headers={**_headers(request), **(upgrade or {})},
            data=request.body,
            skip_auto_headers=_skipped(request),
            proxy=None if proxy is None else proxy.url,
            ssl=self._ssl,
            allow_redirects=False,
            raise_for_status=False,
            timeout=_timeout(request.connect_timeout, request.read_timeout),
            read_until_eof=read_until_eof,
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )

    async def aclose(self) -> None:
        """Close all sessions except a borrowed one."""
        await self._sessions.aclose()
        await self._websocket_sessions.aclose()

    def __getstate__(self) -> dict[str, object]:
        """Return the settings, for pickling. Proxies found in the environment are left out.

        Raises:
            TypeError: The session is borrowed, or `ssl` is an SSLContext.
        """
        if self._borrowed is not None:
            raise TypeError("a borrowed `session` belongs to its process")
        if isinstance(self._ssl, tls.SSLContext):
            raise TypeError("an SSLContext as `ssl` belongs to its process")
        return {**vars(self), "_proxies": {}}

    def _proxy_for(self, url: URL) -> Proxy | None:
        """Return the proxy for a URL. The environment is read once for each server.

        Raises:
            InvalidRequestError: The environment variable is not the URL of an HTTP proxy.
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


def _without_credentials(
    session: aiohttp.ClientSession | None, request: Request
) -> aiohttp.ClientSession | None:
    """Return a copy of a borrowed session whose credentials would replace the key.

    The copy shares the connections, does not read .netrc, and has no `auth` if there is a key.
    """
    if session is None or not (session.trust_env or session.auth):
        return None
    session = copy(session)
    vars(session)["_trust_env"] = False
    if request.authorization is not None:
        vars(session)["_default_auth"] = None
    return session


def _headers(request: Request) -> dict[str, str]:
    headers = dict(request.headers)
    if request.authorization is not None:
        headers["authorization"] = request.authorization.reveal()
    if not isinstance(request.body, bytes | None) and request.body.size is not None:
        headers["content-length"] = str(request.body.size)
    return headers


def _skipped(request: Request) -> tuple[str, ...] | None:
    """Return the header that aiohttp must not add to a request without a body."""
    return ("content-type",) if request.body is None and request.method != "GET" else None


@lru_cache
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read)
