"""File uploads from bytes, paths, file objects and async iterables."""

import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from mistral_core.errors import InvalidRequestError
from mistral_core.request.open_files import open_file_source
from mistral_core.request.uploads import CHUNK, FileContent, Source
from mistral_core.runtime.blocking import Worker, call_blocking


async def find_source(content: FileContent, argument: str) -> Source:
    """Return a source for the content of a file.

    Raises:
        InvalidRequestError: The content has the wrong type or cannot be read.
    """
    untyped: Any = content
    try:
        if isinstance(untyped, bytes | bytearray | memoryview):
            data = memoryview(content).cast("B")  # type: ignore[arg-type]
            return Source(lambda: _read_bytes(data), None, len(data), replayable=True)
        if isinstance(untyped, str | os.PathLike):
            return await call_blocking(_path_source, Path(content), argument)  # type: ignore[arg-type]
        if hasattr(untyped, "__aiter__"):
            return Source(
                lambda: aiter(untyped), None, None, replayable=not hasattr(untyped, "__anext__")
            )
        if hasattr(untyped, "read"):
            return await call_blocking(open_file_source, untyped)
    except Exception as error:
        reason = str(error) or repr(error)
        raise InvalidRequestError(f"`{argument}` cannot be read: {reason}", argument) from error
    raise InvalidRequestError(
        f"`{argument}` must be bytes, a path, an open binary file or an asynchronous iterable of "
        f"bytes, got {type(untyped).__name__}",
        argument,
    )


async def _read_bytes(data: memoryview) -> AsyncIterator[bytes]:
    for start in range(0, len(data), CHUNK):
        yield bytes(data[start : start + CHUNK])


def _path_source(path: Path, argument: str) -> Source:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(f"{path} is not a regular file")
    path.open("rb").close()  # Reports a file that cannot be opened before anything is sent.
    return Source(
        lambda: _read_path(path, _version(status), argument),
        path.name,
        status.st_size,
        replayable=True,
    )


async def _read_path(path: Path, version: object, argument: str) -> AsyncIterator[bytes]:
    """Read a file, opening it for each chunk: an upload can be abandoned at any time."""

    def read(position: int) -> bytes:
        with path.open("rb", 0) as file:
            if _version(os.fstat(file.fileno())) != version:
                raise InvalidRequestError(f"`{argument}` changed while it was being read", argument)
            file.seek(position)
            return file.read(CHUNK)

    position = 0
    with Worker() as worker:
        while chunk := await worker.call(read, position):
            yield chunk
            position += len(chunk)


def _version(status: os.stat_result) -> object:
    """Return a value that changes when the file is replaced or written to."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
