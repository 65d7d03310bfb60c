"""Binary answers: read bit by bit, whole, or into a file."""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import IO, final

from mistral_core.call import request_id
from mistral_core.errors import (
    Failure,
    InvalidRequestError,
    ResponseValidationError,
)
from mistral_core.file import Progress, tell_progress
from mistral_core.reading import Reading, ReadOnce, as_failure, too_late
from mistral_core.result import Err, Ok, Result
from mistral_core.wire import Headers, Response

BUFFER = 2**20


@final
class ByteStream(ReadOnce[bytes]):
    """Hold a binary answer, whose body is read once: by `read`, by `save`, or bit by bit.

    Bit by bit it is entered first, so that leaving early frees the connection:
    `async with stream as chunks: async for chunk in chunks: ...`. Each chunk is `Ok(bytes)`; an
    `Err` is the last.

    Attributes:
        headers: The headers of the answer.
        content_type: Its media type, as the server says.
        size: The number of bytes to come; `None` where the server does not say.
    """

    headers: Headers
    content_type: str
    size: int | None

    def __init__(self, response: Response, reading: Reading) -> None:
        """Take an answer whose body has not been read."""
        self.headers = response.headers
        self.content_type = response.headers.get("content-type", "")
        told = response.headers.get("content-length", "")
        whole = "content-encoding" not in response.headers
        self.size = int(told) if told.isascii() and told.isdecimal() and whole else None
        super().__init__(response, reading)

    async def read(self) -> Result[bytes, Failure]:
        """Read the whole body, within the deadline of the call.

        Returns:
            The bytes; an `Err` where they are more than `max_response_bytes`, or break off.
        """
        parts: list[bytes] = []
        size, most = 0, self._reading.max_bytes
        async with self as chunks:
            try:
                with self._reading.until_deadline():
                    async for chunk in chunks:
                        if isinstance(chunk, Err):
                            return chunk
                        parts.append(chunk.value)
                        size += len(chunk.value)
                        if size > most:
                            return Err(self._too_large(most))
            except TimeoutError:
                return Err(too_late())
        return Ok(b"".join(parts))

    async def save(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> Result[Path, Failure]:
        """Write the body to a file, within the deadline of the call.

        It is written beside the file, and takes its place when it is whole: a download that
        breaks leaves what was there before, and nothing else.

        Args:
            path: Where to write it; a file that is there is replaced.
            progress: Told of the bytes that were written, and of all, if they are known.

        Returns:
            The path; an `InvalidRequestError` where it cannot be written.
        """
        target = Path(path)
        part = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
        async with self as chunks:
            try:
                if await asyncio.to_thread(target.is_dir):
                    raise IsADirectoryError("is a directory")
                # Not in a thread: where the wait for one is cancelled, the file is lost.
                file = part.open("xb")
                try:
                    failure = await self._copy(chunks, file, progress)
                    if failure is None:
                        file.close()
                        await asyncio.to_thread(part.replace, target)
                finally:
                    file.close()
                    with suppress(FileNotFoundError):
                        part.unlink()
            except (OSError, ValueError) as error:
                what = getattr(error, "strerror", None) or error
                return Err(InvalidRequestError(f"{target} cannot be written: {what}", "path"))
        return Ok(target) if failure is None else Err(failure)

    async def _copy(
        self,
        chunks: AsyncIterator[Result[bytes, Failure]],
        file: IO[bytes],
        progress: Progress | None,
    ) -> Failure | None:
        """Write chunks to a file, many at a time; return what broke."""
        waiting: list[bytes] = []
        held = done = 0
        try:
            with self._reading.until_deadline():
                async for chunk in chunks:
                    if isinstance(chunk, Err):
                        return chunk.error
                    waiting.append(chunk.value)
                    held += len(chunk.value)
                    if held >= BUFFER:
                        await asyncio.to_thread(file.writelines, waiting)
                        waiting, held, done = [], 0, done + held
                        await tell_progress(progress, done, self.size)
                await asyncio.to_thread(file.writelines, waiting)
                await tell_progress(progress, done + held, self.size)
        except TimeoutError:
            return too_late()
        return None

    async def _read(self) -> AsyncGenerator[Result[bytes, Failure], None]:
        try:
            async for chunk in self._chunks:
                yield Ok(chunk)
        except asyncio.CancelledError:
            self._items.restart()
            raise
        except Exception as error:  # noqa: BLE001
            yield self._err(as_failure(error))

    def _too_large(self, most: int) -> Failure:
        return ResponseValidationError(
            f"The answer has more than {most} bytes, which is `max_response_bytes`",
            status=self._response.status,
            request_id=request_id(self.headers),
            headers=self.headers,
        )
