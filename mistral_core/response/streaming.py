"""What responses have in common that are read while they arrive."""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator
from types import TracebackType
from typing import Generic, TypeVar, cast, final

import attrs

from mistral_core.errors import APIConnectionError, Failure, MistralError, RequestTimeoutError
from mistral_core.http.chunks import Chunks
from mistral_core.http.messages import Response
from mistral_core.http.secret import Secret
from mistral_core.response.redaction import redact
from mistral_core.result import Err, Result
from mistral_core.runtime.deadline import Deadline
from mistral_core.runtime.iterators import Items, Resumable, resumable

T = TypeVar("T")


@final
@attrs.define(eq=False)
class Reading:
    """Limits of a body that is read while it arrives.

    Attributes:
        idle: Seconds between two bytes; `None` is no limit.
        event: Seconds to wait for one event of a stream; `None` is no limit.
        deadline: When the call must have ended, by the monotonic clock; `None` is never.
        max_bytes: The most of it to hold at once.
        secret: The `Authorization` header of the request, kept out of errors.
    """

    idle: float | None
    event: float | None
    deadline: float | None
    max_bytes: int
    secret: Secret | None

    def until_deadline(self) -> Deadline:
        """Return a scope that ends with the call's deadline."""
        left = None if self.deadline is None else self.deadline - time.monotonic()
        return Deadline(left)


def too_late() -> RequestTimeoutError:
    """Return the error of a response that was not read in time."""
    return RequestTimeoutError(
        "The response was not read before the deadline of the call", "deadline"
    )


def as_failure(error: Exception) -> Failure:
    """Return the failure that an error raised by a response stream means to the caller."""
    if isinstance(error, MistralError):
        return cast("Failure", error)
    return APIConnectionError(f"The transport failed: {error!r}")


class ReadOnce(ABC, Generic[T]):
    """Base class for responses that are entered first, so that leaving early frees the connection.

    Iterating inside is safe to cancel: the next `anext` resumes the wait.
    """

    def __init__(self, response: Response, reading: Reading) -> None:
        """Take a response whose body has not been read."""
        self._response = response
        self._reading = reading
        self._stream = response.stream or Chunks((response.body,) if response.body else ())
        self._chunks: AsyncIterator[bytes] = resumable(self._stream)
        self._items = Items(self._read)
        self._begun = False
        self._ended = False

    async def __aenter__(self) -> AsyncIterator[Result[T, Failure]]:
        """Start reading; can be done once."""
        if self._begun:
            raise RuntimeError("The response has been read already; it can be read once")
        self._begun = True
        return self._items

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Free the connection."""
        self._ended = True
        try:
            await self._items.aclose()
            if isinstance(self._chunks, Resumable):
                await self._chunks.aclose()
        finally:
            await self._stream.aclose()

    @abstractmethod
    def _read(self) -> AsyncGenerator[Result[T, Failure], None]:
        """Iterate over the items that are still to come; `restart` when that is cancelled."""

    def _err(self, failure: Failure) -> Err[Failure]:
        """Return a failure as the last item."""
        self._ended = True
        return Err(redact(failure.with_traceback(None), self._reading.secret))
