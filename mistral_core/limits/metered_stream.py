"""A streamed body that keeps its place within the limits until it ends."""

from collections.abc import AsyncIterator, Callable
from typing import Any, Self, cast, final

from mistral_core.http.messages import MessageChannel, ResponseStream
from mistral_core.limits.token_counts import usage
from mistral_core.runtime.iterators import Resumable, resumable

TAIL = 2**14
"""Number of bytes at the end of a stream to search for its usage."""


class MeteredStream:
    """A streamed body that reports its tokens when it ends, is closed or is dropped."""

    def __init__(self, stream: ResponseStream, end: Callable[[int | None], None]) -> None:
        """Wrap a stream.

        Args:
            stream: The stream.
            end: Called once, with the tokens that the stream reports, if any.
        """
        self._stream = stream
        self._chunks: AsyncIterator[bytes] = resumable(stream)
        self._end: Callable[[int | None], None] | None = end
        self._tail = b""

    def __aiter__(self) -> Self:
        """Iterate over the chunks as they arrive."""
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk. Safe to cancel."""
        try:
            chunk = await anext(self._chunks)
        except StopAsyncIteration:
            self._finish()
            raise
        self._tail = (self._tail + chunk)[-TAIL:]
        return chunk

    async def aclose(self) -> None:
        """Free the connection and the place. Safe to call twice."""
        self._finish()
        if isinstance(self._chunks, Resumable):
            await self._chunks.aclose()
        await self._stream.aclose()

    def _finish(self) -> None:
        end, self._end = self._end, None
        if end is not None:
            end(usage(self._tail))

    def __del__(self) -> None:
        """Free the place of a stream that was dropped."""
        self._finish()


@final
class MeteredChannel(MeteredStream):
    """A WebSocket that reports its tokens when it ends, is closed or is dropped."""

    async def send(self, text: str) -> None:
        """Send a message."""
        await cast("MessageChannel", self._stream).send(text)

    async def keep_alive(self) -> None:
        """Ping the server until cancelled."""
        await cast("MessageChannel", self._stream).keep_alive()


def metered(stream: Any, end: Callable[[int | None], None]) -> ResponseStream:
    """Wrap a stream or a WebSocket, so that it reports its tokens at its end."""
    return MeteredChannel(stream, end) if hasattr(stream, "send") else MeteredStream(stream, end)
