"""A bounded buffer between a microphone and a session."""

import asyncio
from collections import deque
from typing import Self, final

__all__ = ["AudioBuffer"]


@final
class AudioBuffer:
    """A bounded buffer of audio, to be transcribed while it is recorded.

    When it is full, `put` waits and `put_nowait` drops the oldest audio. Iterating over it takes
    the audio out. Use it in one event loop; a callback in another thread calls
    `loop.call_soon_threadsafe(buffer.put_nowait, audio)`.

    Attributes:
        dropped: Number of bytes that were dropped.
    """

    dropped: int

    def __init__(self, max_bytes: int = 2**20) -> None:
        """Create an empty buffer.

        Args:
            max_bytes: Maximum number of bytes to hold. Defaults to 1 MiB, about 30 seconds of
                speech.
        """
        self.dropped = 0
        self._max_bytes = max_bytes
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._closed = False
        self._changed = asyncio.Event()

    async def put(self, audio: bytes) -> None:
        """Add audio. Wait while the buffer is full."""
        while self._chunks and self._size + len(audio) > self._max_bytes and not self._closed:
            self._changed.clear()
            await self._changed.wait()
        self._add(audio)

    def put_nowait(self, audio: bytes) -> None:
        """Add audio. Drop the oldest chunks to make room for it."""
        while self._chunks and self._size + len(audio) > self._max_bytes:
            self.dropped += len(self._take())
        self._add(audio)

    def close(self) -> None:
        """End the audio. What is in the buffer can still be taken out; later audio is dropped."""
        self._closed = True
        self._changed.set()

    def _add(self, audio: bytes) -> None:
        if self._closed:
            self.dropped += len(audio)
            return
        self._chunks.append(audio)
        self._size += len(audio)
        self._changed.set()

    def _take(self) -> bytes:
        audio = self._chunks.popleft()
        self._size -= len(audio)
        self._changed.set()
        return audio

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Take out the oldest audio. Wait while the buffer is empty."""
        while not self._chunks:
            if self._closed:
                raise StopAsyncIteration
            self._changed.clear()
            await self._changed.wait()
        return self._take()
