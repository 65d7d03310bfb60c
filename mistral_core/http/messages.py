"""What crosses the wire, as plain values."""

import re
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator, Mapping
from typing import Any, Protocol, final

import attrs

from mistral_core.http.secret import Secret


@final
class Headers(Mapping[str, str]):
    """Map header names, in any case, to their text; repeated ones are joined by a comma."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Take the headers of a message, each as its name and its text."""
        values: dict[str, str] = {}
        for name, text in pairs:
            key = name.lower()
            values[key] = f"{values[key]}, {text}" if key in values else text
        self._values = values

    def __getitem__(self, name: str) -> str:
        """Return the text of one header."""
        return self._values[str(name).lower()]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a header of this name."""
        return str(name).lower() in self._values

    def __iter__(self) -> Iterator[str]:
        """Go through the names, in lower case."""
        return iter(self._values)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._values)

    def __repr__(self) -> str:
        """Show the names alone: the values may be secrets."""
        return f"<Headers {', '.join(self._values)}>"


NO_HEADERS = Headers()

LARGEST_ANSWER = 256 * 2**20
"""The most bytes of an answer that are held, where nothing else is said."""

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_TEXT = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]*")
FRAMING = frozenset({"connection", "content-length", "host", "transfer-encoding"})
"""The headers that the transport alone may set."""


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers of a user's under their names in lower case.

    Raises:
        ValueError: One of them cannot be sent.
    """
    given: Mapping[Any, Any] = headers
    for name, text in given.items():
        if not (isinstance(name, str) and HEADER_NAME.fullmatch(name)):
            raise ValueError(f"{name!r} is no name of a header")
        if not (isinstance(text, str) and HEADER_TEXT.fullmatch(text)):
            raise ValueError(f"the header {name!r} must be text without line breaks")
        if name.lower() in FRAMING:
            raise ValueError(f"the header {name!r} is set by the transport")
    return {name.lower(): text for name, text in headers.items()}


IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
"""The methods that do the same when they are done twice."""


class RequestBody(Protocol):
    """A body that is made while it is sent: each iteration makes it anew.

    Attributes:
        size: Its length in bytes; `None` where it is not known.
        spent: Whether it was begun, and cannot be made again.
        fault: What is wrong with the source that it was to be made from.
    """

    @property
    def size(self) -> int | None:
        """Return its length in bytes; `None` where it is not known."""
        ...

    @property
    def spent(self) -> bool:
        """Whether it was begun, and cannot be made again."""
        ...

    @property
    def fault(self) -> Exception | None:
        """Return what is wrong with the source that it was to be made from."""
        ...

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Make it, bit by bit."""
        ...


def is_spent(body: bytes | RequestBody | None) -> bool:
    """Tell whether a body cannot be sent, since it was begun and cannot be made again."""
    return not isinstance(body, bytes | None) and body.spent


class ResponseStream(Protocol):
    """A body that is read while it comes, once. An asynchronous generator is one.

    Its iteration raises an `APIConnectionError` or a `RequestTimeoutError` where it breaks off. A
    cancelled `__anext__` loses nothing and can be called again; an asynchronous generator, which
    would end, is read in a task of its own.
    """

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Go through the bytes as they come."""
        ...

    def aclose(self) -> Coroutine[Any, Any, None]:
        """Free the connection; further calls do nothing."""
        ...


def is_idempotent(sent: "HasMethod") -> bool:
    """Tell whether a method is one that does the same when it is done twice."""
    return sent.method in IDEMPOTENT


class HasMethod(Protocol):
    """What is sent with an HTTP method."""

    @property
    def method(self) -> str:
        """Return the method."""
        ...


@final
@attrs.frozen(kw_only=True)
class Request:
    """Hold one HTTP request, ready to be sent.

    Attributes:
        method: The HTTP method.
        url: The absolute URL, percent-encoded.
        path_template: The path before its parameters were filled in, for logs and counters.
        headers: All headers but `Authorization`.
        body: The body; `None` is none.
        authorization: The text of the `Authorization` header; `None` is none.
        connect_timeout: Seconds to wait for a connection.
        read_timeout: Seconds to wait from one byte of the answer to the next.
        streamed: Whether a successful answer is to be read while it comes.
        idempotent: Whether it may be sent twice; by default as its method has it.
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


@final
@attrs.frozen
class Response:
    """Hold one HTTP response, whatever its status.

    Attributes:
        status: The HTTP status.
        headers: The headers.
        body: The whole body, decompressed.
        stream: In its place, a body that is read while it comes: for `Request.streamed` alone.
    """

    status: int
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    stream: ResponseStream | None = attrs.field(default=None, repr=False)


class Transport(Protocol):
    """Carry a request to a server and its response back.

    One that cannot stream gives the whole body, to a request that asks for a stream too.

    A transport may bear an attribute `api_key`: the key of a client that was given none.
    """

    async def send(self, request: Request) -> Response:
        """Send one request.

        Raises:
            APIConnectionError: There was no whole answer.
            RequestTimeoutError: `connect_timeout` or `read_timeout` ran out.
        """
        ...

    async def aclose(self) -> None:
        """Free all connections; further calls do nothing."""
        ...
