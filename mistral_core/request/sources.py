"""What to upload, from wherever a caller has it, as a source of bytes."""

import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from mistral_core.errors import InvalidRequestError
from mistral_core.request.files import CHUNK, FileContent, Source
from mistral_core.request.open_files import find_open_file
from mistral_core.runtime.blocking import Worker, call_blocking


async def find_source(content: FileContent, argument: str) -> Source:
    """Return how to read a file's content.

    Raises:
        InvalidRequestError: It is none, or there is no such file.
    """
    given: Any = content
    try:
        if isinstance(given, bytes | bytearray | memoryview):
            data = memoryview(content).cast("B")  # type: ignore[arg-type]
            return Source(lambda: _read_bytes(data), None, len(data), replayable=True)
        if isinstance(given, str | os.PathLike):
            return await call_blocking(_find_path, Path(content), argument)  # type: ignore[arg-type]
        if hasattr(given, "__aiter__"):
            return Source(
                lambda: aiter(given), None, None, replayable=not hasattr(given, "__anext__")
            )
        if hasattr(given, "read"):
            return await call_blocking(find_open_file, given)
    except Exception as error:
        reason = str(error) or repr(error)
        raise InvalidRequestError(f"`{argument}` cannot be read: {reason}", argument) from error
    raise InvalidRequestError(
        f"`{argument}` is of type {type(given).__name__}, and must be bytes, a path, an open "
        "binary file or an asynchronous iterable of bytes",
        argument,
    )


async def _read_bytes(data: memoryview) -> AsyncIterator[bytes]:
    for start in range(0, len(data), CHUNK):
        yield bytes(data[start : start + CHUNK])


def _find_path(path: Path, argument: str) -> Source:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(f"{path} is no regular file")
    path.open("rb").close()  # What cannot be opened is told of before anything is sent.
    return Source(
        lambda: _read_path(path, _version(status), argument),
        path.name,
        status.st_size,
        replayable=True,
    )


async def _read_path(path: Path, version: object, argument: str) -> AsyncIterator[bytes]:
    """Read a file that is not held open in between: an upload may be left at any moment."""

    def read(position: int) -> bytes:
        with path.open("rb", 0) as file:
            if _version(os.fstat(file.fileno())) != version:
                raise InvalidRequestError(f"`{argument}` has changed while it was read", argument)
            file.seek(position)
            return file.read(CHUNK)

    position = 0
    with Worker() as worker:
        while chunk := await worker.call(read, position):
            yield chunk
            position += len(chunk)


def _version(status: os.stat_result) -> object:
    """Return what is not the same when a file has been replaced or written to."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
