"""Requests that are written to a pooled connection without an aiohttp session.

A session prepares each request for cookies, credentials, redirects, tracing and uploads, which is
half the cost of a small call. So only the first request to a server goes through it. Later requests
are written in the same format, unless they need a session.
"""

from types import FunctionType, TracebackType
from typing import Any, Self, final

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_exceptions import HttpProcessingError
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from mistral_core.http.messages import Request
from mistral_core.transports.connections import Connector
from mistral_core.transports.routes import Route

MAX_BODY_BYTES = 2**15
"""Maximum size of a body that is written at once: the buffer of a connection has twice that."""

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})

SPECIAL = frozenset(
    {
        "authorization",
        "connection",
        "content-encoding",
        "content-length",
        "cookie",
        "expect",
        "host",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers, in lower case, that only a session can send."""

EXPECTED = frozenset({"accept", "user-agent"})
EXPECTED_WITH_BODY = EXPECTED | {"content-type"}
"""Headers that a request must have, since a session would add them."""

PARAMETERS = frozenset({"auto_decompress", "max_field_size", "max_line_size", "read_timeout"})

_request: Any = vars(aiohttp.ClientSession)["_request"]
_is_plain = (
    isinstance(_request, FunctionType)
    and _request.__module__ == "aiohttp.client"
    and not hasattr(_request, "__wrapped__")
    and PARAMETERS.issubset(ResponseHandler.set_response_params.__kwdefaults__ or ())
)


@final
class DirectResponse:
    """A response on a pooled connection, with the part of `aiohttp.ClientResponse` that is used."""

    __slots__ = ("_connection", "content", "headers", "status")

    def __init__(self, connection: Any, message: Any, content: aiohttp.StreamReader) -> None:
        """Create a response whose body arrives on a connection."""
        self._connection = connection
        self.status: int = message.code
        self.headers: CIMultiDictProxy[str] = message.headers
        self.content = content
        content.on_eof(connection.release)

    @property
    def content_length(self) -> int | None:
        """The size of the body on the wire. `None` if unknown."""
        size = self.headers.get("Content-Length")
        return None if size is None else int(size)

    def small_body(self, max_bytes: int) -> bytes | None:
        """Return a body that has arrived with the head, unless it is compressed or too large."""
        size = None if "content-encoding" in self.headers else self.content_length
        is_complete = size is not None and size <= max_bytes and self.content.is_eof()
        return self.content.read_nowait() if is_complete else None

    async def read(self) -> bytes:
        """Read the complete body."""
        return await self.content.read()

    def close(self) -> None:
        """Close the connection unless the response is complete."""
        if self.content.exception() is None:
            self.content.set_exception(aiohttp.ClientConnectionError("Connection closed"))
        self._connection.close()

    async def __aenter__(self) -> Self:
        """Return the response itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Free the connection, which is closed if the body was not read."""
        self._connection.release()


def needs_session(session: aiohttp.ClientSession, request: Request) -> bool:
    """Return whether a request goes through the session.

    Instrumentation adds tracing to each session, or replaces the method that is checked here.
    """
    replaced = vars(aiohttp.ClientSession)["_request"] is not _request
    return replaced or not _is_plain or request.websocket or bool(session.trace_configs)


async def send(
    connector: Connector, request: Request, url: URL, max_header_bytes: int
) -> DirectResponse | None:
    """Send a request, and return the response, whose body is unread.

    Returns:
        `None` if nothing was sent: no connection to the server is pooled, or the request has
        something that only a session can send.

    Raises:
        aiohttp.ClientError: The connection broke, or the response is not valid.
    """
    route = connector.routes.get((url.scheme, url.raw_authority))
    message = route and _message(route, request, url)
    connection = route and message and await connector.take(route.key)
    if not connection:
        return None
    protocol = connection.protocol
    try:
        protocol.set_response_params(
            read_until_eof=True,
            auto_decompress=True,
            read_timeout=request.read_timeout,
            max_line_size=max_header_bytes,
            max_field_size=max_header_bytes,
        )
        protocol.transport.write(message)
        protocol.start_timeout()
        head, content = await protocol.read()
        while 100 <= head.code < 200 and head.code != 101:
            head, content = await protocol.read()
    except HttpProcessingError as error:
        connection.close()
        raise _invalid(error, request, url) from None
    except BaseException:
        connection.close()
        raise
    return DirectResponse(connection, head, content)


def _message(route: Route, request: Request, url: URL) -> bytes | None:
    """Return the bytes of a request, or `None` if only a session can send it."""
    method, body = request.method, request.body
    if method not in METHODS or not isinstance(body, bytes | None):
        return None
    lines = [f"{method} {url.raw_path_qs} HTTP/1.1", f"Host: {route.host}"]
    names: set[str] = set()
    for name, text in request.headers.items():
        if name.__class__ is not str or text.__class__ is not str:  # From a hook.
            return None
        names.add(name.lower())
        lines.append(f"{name}: {text}")
    if request.authorization is not None:
        lines.append(f"authorization: {request.authorization.reveal()}")
    if "accept-encoding" not in names:
        if route.accept_encoding is None:
            return None
        lines.append(f"Accept-Encoding: {route.accept_encoding}")
    if body is not None or method != "GET":
        lines.append(f"Content-Length: {len(body or b'')}")
    expected = EXPECTED if body is None else EXPECTED_WITH_BODY
    is_plain = names >= expected and names.isdisjoint(SPECIAL) and "".join(lines).isprintable()
    if not is_plain or (body and len(body) > MAX_BODY_BYTES):
        return None
    head = "\r\n".join([*lines, "", ""]).encode()
    return head + body if body else head


def _invalid(error: HttpProcessingError, request: Request, url: URL) -> aiohttp.ClientResponseError:
    """Return the error that a session raises for an invalid response, without request headers."""
    no_headers = CIMultiDictProxy(CIMultiDict[str]())
    sent = aiohttp.RequestInfo(url, request.method, no_headers, url)
    return aiohttp.ClientResponseError(
        sent, (), status=error.code, message=error.message, headers=error.headers
    )
