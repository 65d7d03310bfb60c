"""Response streams without a connection."""

from collections.abc import Iterable
from typing import Self, final


@final
class Chunks:
    """A response stream whose chunks are in memory, or are computed without waiting."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        """Take the chunks; what their iteration raises breaks the stream off."""
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
