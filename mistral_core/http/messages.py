"""Requests and responses, and the protocols of bodies and transports."""

from collections.abc import AsyncIterator, Coroutine, Mapping
from typing import Any, Protocol, final

import attrs

from mistral_core.http.headers import NO_HEADERS, Headers
from mistral_core.http.secret import Secret

MAX_RESPONSE_BYTES = 256 * 2**20
"""Default size limit of a response body that is held in memory."""

IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
"""Methods with the same effect whether executed once or twice."""


class RequestBody(Protocol):
    """A streamed request body. Each iteration starts over.

    Attributes:
        size: Length in bytes. `None` if unknown.
        spent: Whether the body has been consumed and is not replayable.
        fault: The error raised by the source of the body, if any.
    """

    @property
    def size(self) -> int | None:
        """Length in bytes. `None` if unknown."""
        ...

    @property
    def spent(self) -> bool:
        """Whether the body has been consumed and is not replayable."""
        ...

    @property
    def fault(self) -> Exception | None:
        """The error raised by the source of the body, if any."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the body in chunks."""
        ...


def is_spent(body: bytes | RequestBody | None) -> bool:
    """Return whether a body has been consumed and is not replayable."""
    return not isinstance(body, bytes | None) and body.spent


class ResponseStream(Protocol):
    """A streamed response body, which can be read once. Asynchronous generators qualify.

    The iteration raises an `APIConnectionError` or a `RequestTimeoutError` if the connection
    breaks. Cancelling `__anext__` loses no data, and it can be called again. An asynchronous
    generator, which cancellation would end, is read in a task of its own.
    """

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the chunks as they arrive."""
        ...

    def aclose(self) -> Coroutine[Any, Any, None]:
        """Free the connection. Safe to call twice."""
        ...


class MessageChannel(ResponseStream, Protocol):
    """An open WebSocket: a stream of the server's messages, and a method to send messages.

    The iteration never ends by itself: it raises an `APIConnectionError` when the server closes the
    connection, and a `RequestTimeoutError` when nothing arrives, not even a reply to a ping.
    """

    async def send(self, text: str) -> None:
        """Send a message, waiting if the server is slow to read."""
        ...

    async def keep_alive(self) -> None:
        """Ping the server until cancelled."""
        ...


def is_idempotent(request: "HasMethod") -> bool:
    """Return whether the method has the same effect when executed twice."""
    return request.method in IDEMPOTENT


class HasMethod(Protocol):
    """An object with an HTTP method."""

    @property
    def method(self) -> str:
        """The HTTP method."""
        ...


@final
@attrs.frozen(kw_only=True)
class Request:
    """An HTTP request.

    Attributes:
        method: The HTTP method.
        url: The absolute URL, percent-encoded.
        path_template: The path without the values of its parameters, for logs and metrics.
        headers: All headers except `Authorization`.
        body: The body, if any.
        authorization: The value of the `Authorization` header, if any.
        connect_timeout: Seconds to wait for a connection. `None` means no limit.
        read_timeout: Seconds to wait between two bytes of the response. `None` means no limit.
        streamed: Whether a successful response is streamed.
        idempotent: Whether the request can safely be sent twice. Defaults to what the method
            implies.
        redirects: Whether redirects within the server are followed.
        websocket: Whether to open a WebSocket. A successful response has status 101, the server's
            first message as its body, and a `MessageChannel` as its stream.
    """

    method: str
    url: str
    path_template: str
    headers: Mapping[str, str] = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes | RequestBody | None = attrs.field(default=None, repr=False)
    authorization: Secret | None = None
    connect_timeout: float | None = None
    read_timeout: float | None = None
    streamed: bool = False
    idempotent: bool = attrs.Factory(is_idempotent, takes_self=True)
    redirects: bool = True
    websocket: bool = False


@final
@attrs.frozen
class Response:
    """An HTTP response of any status.

    Attributes:
        status: The HTTP status.
        headers: The headers.
        body: The complete body, decompressed. Empty if the response is streamed.
        stream: The streamed body, only in response to a request with `streamed` or `websocket`.
    """

    status: int
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    stream: ResponseStream | None = attrs.field(default=None, repr=False)


class Transport(Protocol):
    """Interface for sending requests to a server.

    A transport that cannot stream may return a complete body for a streamed request.

    A transport may have an attribute `api_key`: the API key for clients without one.

    A transport may have a coroutine method `prepare`, which takes the request of a call and returns
    the one that all attempts of the call send. It is called in the first attempt, before hooks.
    """

    async def send(self, request: Request) -> Response:
        """Send a request.

        Raises:
            APIConnectionError: No complete response was received.
            RequestTimeoutError: `connect_timeout` or `read_timeout` was exceeded.
        """
        ...

    async def aclose(self) -> None:
        """Free all connections. Safe to call twice."""
        ...
