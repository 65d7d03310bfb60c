"""What answers that are read while they come have in common."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from types import TracebackType
from typing import Generic, TypeAlias, TypeVar, final

import attrs

from mistral_core.deadline import Deadline
from mistral_core.errors import Failure, RequestTimeoutError
from mistral_core.result import Result
from mistral_core.wire import Response, ResponseStream

T = TypeVar("T")

HideKey: TypeAlias = Callable[[Failure], Failure]


@final
@attrs.define(eq=False)
class Reading:
    """Say how the body of an answer is to be read, where that is done while it comes.

    Attributes:
        idle: Seconds that it may be silent; `None` is for ever.
        deadline: When the call must have ended, by the monotonic clock; `None` is never.
        max_bytes: The most of it that is held at once.
        without_key: Hides the API key in an error.
    """

    idle: float | None
    deadline: float | None
    max_bytes: int
    without_key: HideKey

    def until_deadline(self) -> Deadline:
        """Return a scope that ends with the call's deadline."""
        left = None if self.deadline is None else self.deadline - time.monotonic()
        return Deadline(left)


def too_late() -> RequestTimeoutError:
    """Return the error of an answer that was not read in time."""
    return RequestTimeoutError("The answer was not read before the call's deadline", "deadline")


def stream_of(response: Response) -> ResponseStream:
    """Return the body of a response as a stream, also where a transport read it whole."""
    return response.stream or _whole(response.body)


async def _whole(body: bytes) -> AsyncGenerator[bytes, None]:
    if body:
        yield body


class ReadOnce(Generic[T]):
    """Be the base of what is entered first, so that leaving early frees the connection."""

    def __init__(
        self, stream: ResponseStream, items: AsyncGenerator[Result[T, Failure], None]
    ) -> None:
        """Take the stream of a body, and the items that are read from it."""
        self._stream = stream
        self._items = items
        self._begun = False

    async def __aenter__(self) -> AsyncIterator[Result[T, Failure]]:
        """Begin to read, once."""
        if self._begun:
            raise RuntimeError("the answer has been read already; it is read once")
        self._begun = True
        return self._items

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Free the connection."""
        try:
            await self._items.aclose()
        finally:
            await self._stream.aclose()
