"""Binary answers: read bit by bit, whole, or into a file."""

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
from mistral_core.http.messages import Headers, Response
from mistral_core.http.metadata import request_id
from mistral_core.instrumentation.notifications import Progress, report_progress
from mistral_core.response.output_files import Write, cannot_write, output_file
from mistral_core.response.streaming import Reading, ReadOnce, as_failure, too_late
from mistral_core.result import Err, Ok, Result

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
        self._received = 0
        super().__init__(response, reading)

    async def read(self, *, max_bytes: int | None = None) -> Result[bytes, Failure]:
        """Read the whole body into memory, within the deadline of the call.

        Args:
            max_bytes: The largest body to accept, counted after decompression. Defaults to the
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
                return Err(too_late())
            except MistralError as error:
                return Err(cast("Failure", error.with_traceback(None)))
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
        download fails, the file stays as it was. Symbolic links are followed. A named pipe, a
        device or `/dev/stdout` is opened and written.

        Args:
            path: The file to write.
            max_bytes: The largest body to accept, counted after decompression. Defaults to no
                limit.
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
                return Err(cast("Failure", error.with_traceback(None)))
            except (OSError, ValueError) as error:
                return Err(too_late() if deadline.expired else cannot_write(target, error))
        return Ok(target)

    async def _copy(
        self,
        chunks: AsyncIterator[Result[bytes, Failure]],
        write: Write,
        limit: tuple[str, int] | None,
        progress: Progress | None,
    ) -> None:
        """Write chunks to a file, many at a time.

        Raises:
            MistralError: The body is too large, or the connection breaks.
        """
        waiting: list[bytes] = []
        held = done = 0
        async for chunk in chunks:
            waiting.append(self._accept(chunk, limit))
            held += len(waiting[-1])
            if held >= BUFFER:
                await write(waiting)
                waiting, held, done = [], 0, done + held
                await report_progress(progress, done, self.size)
        await write(waiting)
        await report_progress(progress, done + held, self.size)

    def _limit(self, max_bytes: int | None) -> tuple[str, int] | None:
        """Return the limit that a caller sets, with its name.

        Raises:
            InvalidRequestError: It is not a number of bytes.
        """
        given: Any = max_bytes
        if given is None:
            return None
        if given.__class__ is not int or given < 0:
            message = f"`max_bytes` must be a non-negative integer, not {given!r}"
            raise InvalidRequestError(message, "max_bytes")
        return "max_bytes", given

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
