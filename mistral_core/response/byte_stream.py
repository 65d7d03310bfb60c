"""Streamed binary responses."""

import asyncio
import os
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Any, cast, final

from mistral_core.errors import (
    Failure,
    InvalidRequestError,
    MistralError,
    ResponseValidationError,
)
from mistral_core.http.headers import Headers, request_id
from mistral_core.http.messages import Response
from mistral_core.instrumentation.notifications import Progress, report_progress
from mistral_core.response.output_files import Write, cannot_write, output_file
from mistral_core.response.streaming import Reading, ReadOnce, as_failure, deadline_error
from mistral_core.result import Err, Ok, Result

BUFFER_SIZE = 2**20


@final
class ByteStream(ReadOnce[bytes]):
    """A streamed binary response. Consume it once, with `read`, `save` or `async for`.

    Enter it before iterating, so that leaving early frees the connection:
    `async with stream as chunks: async for chunk in chunks: ...`. Each chunk is `Ok(bytes)`; an
    `Err` is the last item.

    Attributes:
        headers: The response headers.
        content_type: The media type that the server sent.
        size: Size of the body in bytes. `None` if the server does not send it.
    """

    headers: Headers
    content_type: str
    size: int | None

    def __init__(self, response: Response, reading: Reading) -> None:
        """Create a stream over an unread response."""
        self.headers = response.headers
        self.content_type = response.headers.get("content-type", "")
        length = response.headers.get("content-length", "")
        is_exact = "content-encoding" not in response.headers
        self.size = int(length) if length.isascii() and length.isdecimal() and is_exact else None
        self._received = 0
        super().__init__(response, reading)

    async def read(self, *, max_bytes: int | None = None) -> Result[bytes, Failure]:
        """Read the complete body into memory, within the deadline of the call.

        Args:
            max_bytes: Size limit of the body, counted after decompression. Defaults to the
                client's `max_response_bytes`.

        Returns:
            The bytes, or an `Err` if the body is too large or the connection breaks.
        """
        parts: list[bytes] = []
        async with self as chunks:
            try:
                limit = self._limit(max_bytes) or ("max_response_bytes", self._reading.max_bytes)
                with self._reading.until_deadline():
                    parts += [self._accept(chunk, limit) async for chunk in chunks]
            except TimeoutError:
                return self._failed(deadline_error())
            except MistralError as error:
                return self._failed(cast("Failure", error.with_traceback(None)))
        return Ok(b"".join(parts))

    async def save(
        self,
        path: str | os.PathLike[str],
        *,
        max_bytes: int | None = None,
        progress: Progress | None = None,
    ) -> Result[Path, Failure]:
        """Write the body to a file, within the deadline of the call.

        A regular file is replaced when the body is complete and keeps its permissions. If the
        download fails, the file is unchanged. Symbolic links are followed. A named pipe, a
        device or `/dev/stdout` is opened and written.

        Args:
            path: The file to write.
            max_bytes: Size limit of the body, counted after decompression. Defaults to no limit.
            progress: Called with the number of bytes written and the total, if known.

        Returns:
            The path, or an `Err` if the body is too large, the connection breaks or the file
            cannot be written (`InvalidRequestError`).
        """
        target = Path(path)
        deadline = self._reading.until_deadline()
        async with self as chunks:
            try:
                limit = self._limit(max_bytes)
                with deadline:
                    async with output_file(target) as write:
                        await self._copy(chunks, write, limit, progress)
            except MistralError as error:
                return self._failed(cast("Failure", error.with_traceback(None)))
            except (OSError, ValueError) as error:
                return self._failed(
                    deadline_error() if deadline.expired else cannot_write(target, error)
                )
        return Ok(target)

    async def _copy(
        self,
        chunks: AsyncIterator[Result[bytes, Failure]],
        write: Write,
        limit: tuple[str, int] | None,
        progress: Progress | None,
    ) -> None:
        """Write chunks to a file, in batches of about 1 MiB.

        Raises:
            MistralError: The body is too large, or the connection breaks.
        """
        buffer: list[bytes] = []
        buffered = written = 0
        async for chunk in chunks:
            buffer.append(self._accept(chunk, limit))
            buffered += len(buffer[-1])
            if buffered >= BUFFER_SIZE:
                await write(buffer)
                buffer, buffered, written = [], 0, written + buffered
                await report_progress(progress, written, self.size)
        await write(buffer)
        await report_progress(progress, written + buffered, self.size)

    def _limit(self, max_bytes: int | None) -> tuple[str, int] | None:
        """Return the name and value of the caller's limit, or `None` for no limit.

        Raises:
            InvalidRequestError: The limit is not a number of bytes.
        """
        limit: Any = max_bytes
        if limit is None:
            return None
        if limit.__class__ is not int or limit < 0:
            message = f"`max_bytes` must be a non-negative integer, got {limit!r}"
            raise InvalidRequestError(message, "max_bytes")
        return "max_bytes", limit

    def _accept(self, chunk: Result[bytes, Failure], limit: tuple[str, int] | None) -> bytes:
        """Return the bytes of a chunk.

        Raises:
            MistralError: The connection broke, or the body is larger than the limit.
        """
        if isinstance(chunk, Err):
            raise chunk.error
        self._received += len(chunk.value)
        if limit is not None and max(self._received, self.size or 0) > limit[1]:
            raise ResponseValidationError(
                f"The response has more than {limit[1]} bytes, the limit set by `{limit[0]}`",
                status=self._response.status,
                request_id=request_id(self.headers),
                headers=self.headers,
            )
        return chunk.value

    async def _read(self) -> AsyncGenerator[Result[bytes, Failure], None]:
        try:
            async for chunk in self._chunks:
                yield Ok(chunk)
        except asyncio.CancelledError:
            self._items.restart()
            raise
        except Exception as error:  # noqa: BLE001
            yield self._err(as_failure(error))
