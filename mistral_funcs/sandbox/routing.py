"""How a request finds its handler: by the very operations that the client calls."""

import re
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar, final
from urllib.parse import unquote

import attrs

from mistral_core import Failure, Operation, Response, Result, operation_of

T = TypeVar("T")
S = TypeVar("S")


@final
@attrs.frozen
class Incoming:
    """Hold a request as a handler sees it.

    Attributes:
        path: The parameters of the path, decoded.
        query: The last value of each parameter of the query, decoded.
        body: The body as it came.
        query_lists: All values of each parameter of the query, decoded.
        content_type: The media type of the body, with its parameters.
    """

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes | bytearray
    query_lists: Mapping[str, Sequence[str]] = attrs.field(factory=dict[str, Sequence[str]])
    content_type: str = ""


@final
class RefusalError(Exception):
    """Answer with an error in place of a value."""

    def __init__(self, status: int, body: object) -> None:
        """Take the status and the JSON value of the body."""
        super().__init__(status, body)
        self.status = status
        self.body = body


ORIGIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*")


def split_target(url: str) -> tuple[str, str]:
    """Return the path and the query of a URL, or of a path as it is in a request line.

    A path may be anything, such as `//[`, in which `urlsplit` would see a broken address.
    """
    target = url[found.end() :] if (found := ORIGIN.match(url)) else url
    path, _, query = target.partition("#")[0].partition("?")
    return path, query


Handler: TypeAlias = Callable[[S, Incoming], T | Response]
"""What answers an operation: with what it returns, or with a whole response."""

Route: TypeAlias = tuple[Operation[Any], Handler[S, Any]]


@final
class Routes(Generic[S]):
    """Map operations to the handlers that answer them out of a state."""

    def __init__(self, *parts: "Iterable[Route[S]]") -> None:
        """Begin with the routes of others."""
        self._routes = [route for part in parts for route in part]

    def __iter__(self) -> "Iterator[Route[S]]":
        """Go through the operations, each with its handler."""
        return iter(self._routes)

    def on(
        self, function: Callable[..., Coroutine[Any, Any, Result[T, Failure]]]
    ) -> Callable[[Handler[S, T]], Handler[S, T]]:
        """Let a function answer an operation; what it returns is what the operation returns."""

        def register(handler: Handler[S, T]) -> Handler[S, T]:
            self._routes.append((operation_of(function), handler))
            return handler

        return register

    def match(
        self, method: str, path: str
    ) -> tuple[Operation[Any], Handler[S, Any], dict[str, str]]:
        """Return what answers a request, with its path parameters.

        Raises:
            RefusalError: Nothing does: 404, or 405 where another method would be answered.
        """
        found = list(self._on_path(path))
        for operation, handler, parameters in found:
            if operation.method == method:
                return operation, handler, parameters
        if found:
            raise RefusalError(405, {"detail": "Method Not Allowed"})
        raise RefusalError(404, {"message": "no Route matched with those values"})

    def _on_path(
        self, path: str
    ) -> Iterator[tuple[Operation[Any], Handler[S, Any], dict[str, str]]]:
        segments = path.split("/")
        for operation, handler in self._routes:
            template = operation.path.split("/")
            if len(template) == len(segments) and all(
                part == segment or (part.startswith("{") and segment)
                for part, segment in zip(template, segments, strict=True)
            ):
                parameters = {
                    part[1:-1]: unquote(segment)
                    for part, segment in zip(template, segments, strict=True)
                    if part.startswith("{")
                }
                yield operation, handler, parameters
