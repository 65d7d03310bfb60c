"""Writing of output files. Regular files are replaced atomically, others are written in place."""

import asyncio
import errno
import os
import re
import stat
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from io import BufferedWriter, FileIO
from pathlib import Path
from typing import IO, TypeAlias

from mistral_core.errors import InvalidRequestError

Write: TypeAlias = Callable[[Sequence[bytes]], Awaitable[object]]
"""A coroutine function that writes chunks."""

FIFO_PAUSE = 0.05
"""Seconds between two attempts to open a named pipe that has no reader."""

LEFTOVER = re.compile(r"\.[0-9a-f]{16}\.part")
"""The name of a temporary file. It is independent of the target, whose name may be of any length.

A process that is killed while writing leaves one behind.
"""


def cannot_write(path: Path, error: Exception) -> InvalidRequestError:
    """Return the error for a path that cannot be written."""
    reason = getattr(error, "strerror", None) or error
    return InvalidRequestError(f"Cannot write `{path}`: {reason}", "path")


@asynccontextmanager
async def output_file(path: Path) -> AsyncGenerator[Write, None]:
    """Open a path for writing, and yield a function that writes chunks to it.

    A regular file, existing or new, is replaced when the block ends, and unchanged if the block
    raises. Symbolic links are followed. A named pipe, a terminal, another device or a descriptor of
    this process such as `/dev/stdout` is opened and written without blocking the event loop.

    Raises:
        OSError: The path cannot be written.
        ValueError: The path is not valid.
    """
    status = _status(path)
    descriptor = None
    if status is None or stat.S_ISREG(status.st_mode):
        descriptor = _descriptor(path)
        if descriptor is None:
            with replacing(path) as regular:
                yield lambda chunks: asyncio.to_thread(regular.writelines, chunks)
                await asyncio.to_thread(_flush, regular, durable=status is not None)
            return
    file = await _open_in_place(path, status, descriptor)
    with file:
        yield partial(_write_in_place, file)


@contextmanager
def replacing(path: Path, *, durable: bool = False) -> Generator[IO[bytes]]:
    """Open a temporary file that replaces a regular file when the block ends.

    The file keeps its permissions and, where the process may set them, its owner and group; a new
    file gets the defaults. If the block raises, the file is unchanged.

    Args:
        path: The file to replace or create. Symbolic links are followed.
        durable: Whether the new content must survive a power failure.

    Raises:
        OSError: The file cannot be written.
    """
    target, status = Path(os.path.realpath(path)), _status(path)
    if status is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    part = target.with_name(f".{os.urandom(8).hex()}.part")
    opener = partial(os.open, mode=0o666 if status is None else 0o600)
    try:
        file = BufferedWriter(FileIO(part, "x", opener=opener))
    except OSError as error:
        reason = f"a file in `{target.parent}` cannot be created: {error.strerror}"
        raise OSError(error.errno, reason) from error
    try:
        if status is not None:
            _keep_owner_and_mode(file.fileno(), status)
        yield file
        _flush(file, durable=durable)
        file.close()
        part.replace(target)
        if durable:
            sync_folder(target.parent)
    finally:
        with suppress(OSError):  # On a full disk, closing fails like the write before.
            file.close()
        with suppress(OSError):
            part.unlink()


def _flush(file: IO[bytes], *, durable: bool) -> None:
    file.flush()
    if durable:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush a folder to disk, so that its file names survive a power failure."""
    if sys.platform != "win32":  # pragma: no branch - Windows cannot open folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _status(path: Path) -> os.stat_result | None:
    """Return the status of a file, or `None` if it does not exist.

    Raises:
        OSError: The path is a folder, or cannot be followed.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    return status


def _descriptor(path: Path) -> int | None:
    """Return the descriptor of this process that a path such as `/dev/stdout` refers to."""
    folder = os.path.realpath(path.parent)
    own = (os.path.realpath(each) for each in ("/dev/fd", "/proc/self/fd"))
    if path.name.isdecimal() and folder in own:
        return int(path.name)
    resolved = Path(folder, path.name)
    return _descriptor(Path(folder, resolved.readlink())) if resolved.is_symlink() else None


def _keep_owner_and_mode(descriptor: int, status: os.stat_result) -> None:
    if sys.platform != "win32":  # pragma: no branch - Windows has neither
        mode = stat.S_IMODE(status.st_mode)
        try:
            os.fchown(descriptor, status.st_uid, status.st_gid)
        except OSError:
            mode &= 0o777  # A set-user-ID bit must not apply to a different owner.
        os.fchmod(descriptor, mode)


async def _open_in_place(
    path: Path, status: os.stat_result | None, descriptor: int | None
) -> FileIO:
    """Open a file that cannot be replaced, and wait for the reader of a named pipe."""
    if descriptor is not None:  # Shares the position with other writers.
        return FileIO(os.dup(descriptor), "w")
    while True:
        try:
            return FileIO(path, "w", opener=_open_without_blocking)
        except OSError as error:
            fifo = status is not None and stat.S_ISFIFO(status.st_mode)
            if not (fifo and error.errno == errno.ENXIO):
                raise
        await asyncio.sleep(FIFO_PAUSE)


def _open_without_blocking(path: str, flags: int) -> int:
    flags &= ~(os.O_CREAT | os.O_TRUNC)
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


async def _write_in_place(file: FileIO, chunks: Sequence[bytes]) -> None:
    for chunk in chunks:
        remaining = memoryview(chunk)
        while remaining:
            written = file.write(remaining)
            if written is None:  # The buffer of the pipe is full.
                await _writable(file.fileno())
            else:
                remaining = remaining[written:]


async def _writable(descriptor: int) -> None:
    """Wait until a descriptor accepts more bytes or no longer has a reader."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_writer(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_writer(descriptor)
