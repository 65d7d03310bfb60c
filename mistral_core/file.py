"""What is uploaded: a file, from wherever a caller has it."""

import asyncio
import os
import stat
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from inspect import isawaitable
from pathlib import Path, PurePath
from typing import IO, Any, TypeAlias, final

import attrs

from mistral_core.errors import InvalidRequestError
from mistral_core.hooks import logger

FileContent: TypeAlias = (
    bytes | bytearray | memoryview | str | os.PathLike[str] | IO[bytes] | AsyncIterable[bytes]
)
"""Bytes, a path (a `str` is one too), an open binary file, or an asynchronous iterable of bytes."""

Progress: TypeAlias = Callable[[int, int | None], Awaitable[None] | None]
"""A function or coroutine function that is told of the bytes done, and of all, if they are known.

What it raises is logged.
"""

CHUNK = 2**19
JSON_LINES = "application/jsonl"


@final
@attrs.frozen
class File:
    """Hold a file to upload, with more to say of it than its content.

    Attributes:
        content: Where its bytes come from: bytes, a path, an open binary file, which is read from
            where it stands and not closed, or an asynchronous iterable. One that cannot be read
            twice, such as a pipe or a generator, is sent once and not again.
        file_name: Its name; by default that of the path or of the open file.
        content_type: Its media type; by default what the name tells.
        progress: Told of the bytes that were sent, and of all, if they are known.
    """

    content: FileContent = attrs.field(repr=False)
    file_name: str | None = attrs.field(default=None, kw_only=True)
    content_type: str | None = attrs.field(default=None, kw_only=True)
    progress: Progress | None = attrs.field(default=None, kw_only=True, repr=False)


async def tell_progress(progress: Progress | None, done: int, size: int | None) -> None:
    """Tell of the bytes that are done; what the function raises is logged."""
    if progress is None:
        return
    try:
        answer = progress(done, size)
        if isawaitable(answer):
            await answer
    except Exception:  # noqa: BLE001
        logger.exception("A progress function raised an error, which is passed over")


@final
@attrs.frozen
class Source:
    """Read a file's bytes, once or more often.

    Attributes:
        read: Goes through the bytes, from the first on.
        name: The name of the file, where it has one.
        size: How many bytes there are; `None` where that is not known.
        replayable: Whether the bytes can be read again.
    """

    read: Callable[[], AsyncIterator[bytes]]
    name: str | None
    size: int | None
    replayable: bool


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
            return await asyncio.to_thread(_find_path, Path(content), argument)  # type: ignore[arg-type]
        if hasattr(given, "__aiter__"):
            return Source(
                lambda: aiter(given), None, None, replayable=not hasattr(given, "__anext__")
            )
        if hasattr(given, "read"):
            return await asyncio.to_thread(_find_open_file, given)
    except (OSError, ValueError, TypeError) as error:
        raise InvalidRequestError(f"`{argument}` cannot be read: {error}", argument) from error
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
    while chunk := await asyncio.to_thread(read, position):
        yield chunk
        position += len(chunk)


def _version(status: os.stat_result) -> object:
    """Return what is not the same when a file has been replaced or written to."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _find_open_file(file: Any) -> Source:
    if getattr(file, "mode", "b") in ("r", "w") or hasattr(file, "encoding"):
        raise ValueError("it is opened as text; open it with 'rb'")
    path = getattr(file, "name", None)
    name = PurePath(path).name if isinstance(path, str) else None
    seekable = getattr(file, "seekable", None)
    if seekable is None or not seekable():
        return Source(lambda: _read_open_file(file, None), name, None, replayable=False)
    start = file.tell()
    size = file.seek(0, os.SEEK_END)
    size = (file.tell() if size is None else size) - start
    file.seek(start)
    return Source(lambda: _read_open_file(file, start), name, max(size, 0), replayable=True)


async def _read_open_file(file: Any, start: int | None) -> AsyncIterator[bytes]:
    if start is not None:
        await asyncio.to_thread(file.seek, start)
    while chunk := await asyncio.to_thread(file.read, CHUNK):
        yield chunk


def content_type_of(name: str) -> str:
    """Return the media type that a file's name tells."""
    if name.lower().endswith(".jsonl"):
        return JSON_LINES
    import mimetypes  # noqa: PLC0415 - who uploads nothing needs none

    kind, encoding = mimetypes.guess_type(name)
    return kind if kind and not encoding else "application/octet-stream"
