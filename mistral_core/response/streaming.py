"""The base class of streamed responses, and their limits."""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING, Generic, NoReturn, Self, TypeVar, cast, final

import attrs

from mistral_core.errors import APIConnectionError, Failure, MistralError, RequestTimeoutError
from mistral_core.http.chunks import Chunks
from mistral_core.http.messages import Response
from mistral_core.http.secret import Secret
from mistral_core.instrumentation.observation import Observation
from mistral_core.response.redaction import redact
from mistral_core.result import Err, Result
from mistral_core.runtime.deadline import Deadline
from mistral_core.runtime.iterators import Items, Resumable, resumable

T = TypeVar("T")

NOT_ENTERED = (
    "Enter a stream before you iterate over it: "
    "`async with stream as items: async for item in items: ...`"
)


@final
@attrs.define(eq=False, repr=False)
class Reading:
    """Limits of a streamed body, and its observation.

    Attributes:
        idle: Seconds between two bytes. `None` means no limit.
        event: Seconds to wait for one event. `None` means no limit.
        deadline: End of the call, by the monotonic clock. `None` means no limit.
        max_bytes: Maximum number of bytes to hold in memory.
        secret: The `Authorization` header of the request, redacted in errors.
        observation: The observation of the call, if a hook returned an observer.
    """

    idle: float | None
    event: float | None
    deadline: float | None
    max_bytes: int
    secret: Secret | None
    observation: Observation | None = None

    def until_deadline(self) -> Deadline:
        """Return a context manager that enforces the deadline of the call."""
        remaining = None if self.deadline is None else self.deadline - time.monotonic()
        return Deadline(remaining)


def deadline_error() -> RequestTimeoutError:
    """Return the error for a response that was not read before the deadline."""
    return RequestTimeoutError(
        "The response was not read before the deadline of the call", "deadline"
    )


def as_failure(error: Exception) -> Failure:
    """Map an error of a response stream to a failure."""
    if isinstance(error, MistralError):
        return cast("Failure", error)
    return APIConnectionError(f"The transport failed: {error!r}")


class ReadOnce(ABC, Generic[T]):
    """Base class for streamed responses that are entered and read once.

    Leaving the block frees the connection. Iterating is safe to cancel: the next `anext` resumes
    the wait.
    """

    def __init__(self, response: Response, reading: Reading) -> None:
        """Create a stream over an unread response."""
        self._response = response
        self._reading = reading
        self._stream = response.stream or Chunks((response.body,) if response.body else ())
        self._chunks: AsyncIterator[bytes] = resumable(self._stream)
        self._items = Items(self._read)
        self._entered = False
        self._ended = False
        self._observation = reading.observation

    async def __aenter__(self) -> AsyncIterator[Result[T, Failure]]:
        """Return an iterator over the items. Can be called once."""
        if self._entered:
            raise RuntimeError("The response has already been read and can only be read once")
        self._entered = True
        if self._observation is None:
            return self._items
        return ObservedItems(self._items, self._observation)

    async def __aexit__(self, *_: object) -> None:
        """Free the connection."""
        self._ended = True
        try:
            await self._items.aclose()
            if isinstance(self._chunks, Resumable):
                await self._chunks.aclose()
        finally:
            if self._observation is not None:
                self._observation.end(None)
            await self._stream.aclose()

    if not TYPE_CHECKING:  # pragma: no branch - type checkers refuse it as well

        def __aiter__(self) -> NoReturn:
            """Refuse to iterate before the stream is entered."""
            raise TypeError(NOT_ENTERED)

        def __iter__(self) -> NoReturn:
            """Refuse synchronous iteration."""
            raise TypeError(NOT_ENTERED)

    @abstractmethod
    def _read(self) -> AsyncGenerator[Result[T, Failure], None]:
        """Iterate over the remaining items. Call `restart` if the iteration is cancelled."""

    def _failed(self, failure: Failure) -> Err[Failure]:
        """Return the failure of reading the complete response, and report it."""
        if self._observation is not None:
            self._observation.fail(failure)
        return Err(failure)

    def _err(self, failure: Failure) -> Err[Failure]:
        """Return a failure as the last item."""
        self._ended = True
        return Err(redact(failure.with_traceback(None), self._reading.secret))


@final
@attrs.frozen(eq=False, repr=False)
class ObservedItems(Generic[T]):
    """The items of an observed stream.

    Attributes:
        items: The items.
        observation: The observation of the call.
    """

    items: AsyncIterator[Result[T, Failure]]
    observation: Observation

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Result[T, Failure]:
        return await self.observation.next_of(self.items.__anext__)
