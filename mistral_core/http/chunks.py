"""Response streams that need no connection."""

from collections.abc import Iterable
from typing import Self, final


@final
class Chunks:
    """A response stream over chunks in memory, or over any iterable that does not block."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """Create a stream. Errors of the iterable are raised from it."""
        self._chunks = iter(chunks)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        for chunk in self._chunks:
            return chunk
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """End the stream. Safe to call twice."""
        self._chunks = iter(())
