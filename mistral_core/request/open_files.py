"""Open files as sources of uploads: how they are checked, and read without blocking anything."""

import asyncio
import io
import os
import select
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from operator import index
from pathlib import PurePath
from threading import Event, Lock
from typing import Any

from mistral_core.request.files import CHUNK, Source
from mistral_core.runtime.blocking import Worker

LOOK = 0.1
"""Seconds between two looks whether a silent pipe is still to be read."""

END = b""
"""What is read at the end. What is false otherwise, such as an empty string, is refused."""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.001, 0.05
"""Seconds before a file that has nothing yet is read again."""


def find_open_file(file: Any) -> Source:
    """Return how to read an open file, from its position on.

    Raises:
        Exception: It cannot be read, for any reason that a file may have.
    """
    if getattr(file, "mode", "b") in ("r", "w") or hasattr(file, "encoding"):
        raise ValueError("it is opened as text; open it with 'rb'")
    path = getattr(file, "name", None)
    name = PurePath(path).name if isinstance(path, str) else None
    seekable = getattr(file, "seekable", None)
    if seekable is None or not seekable():
        return Source(lambda: _read_stream(file), name, None, replayable=False)
    start = index(file.tell())
    end = file.seek(0, os.SEEK_END)
    end = index(file.tell() if end is None else end)
    file.seek(start)
    if start > 0 and start >= end:
        raise ValueError(f"it is at its end, position {start}; call `seek(0)` first")
    lock = Lock()
    return Source(lambda: _read_file(file, start, lock), name, max(end - start, 0), replayable=True)


async def _read_file(file: Any, start: int, lock: Lock) -> AsyncIterator[bytes]:
    """Read a file that can be read again.

    Each read has its position: one of an abandoned attempt may come after the next has begun.
    """
    position = start

    def read() -> Any:
        with lock:
            file.seek(position)
            return file.read(CHUNK)

    with Worker() as worker:
        while (chunk := await _next_chunk(worker, read)) != END:
            yield chunk
            position += memoryview(chunk).nbytes


async def _read_stream(file: Any) -> AsyncIterator[bytes]:
    """Read a file that can be read once.

    A pipe is watched until there is something to read. A thread that is blocked in `read` would
    hold the lock of the file, without which the interpreter cannot close standard input, and
    aborts.
    """
    abandoned = Event()
    watched = _descriptor(file)
    read = getattr(file, "read1", file.read) if watched is not None else file.read

    def read_when_ready() -> Any:
        if watched is not None:
            _wait(watched, abandoned)
        return None if abandoned.is_set() else read(CHUNK)

    try:
        with Worker() as worker:
            while (chunk := await _next_chunk(worker, read_when_ready)) != END:
                yield chunk
    finally:
        abandoned.set()


async def _next_chunk(worker: Worker, read: Callable[[], Any]) -> Any:
    """Read until there is something, or the end. `None` is nothing yet: the file does not block."""
    pause = SHORTEST_PAUSE
    while True:
        with suppress(BlockingIOError):
            chunk = await worker.call(read)
            if chunk is not None:
                return chunk
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _descriptor(file: Any) -> int | None:
    """Return the descriptor of a file that the system can watch: of a pipe, say."""
    raw: Any = file.raw if issubclass(file.__class__, io.BufferedReader) else file
    return raw.fileno() if isinstance(raw, io.FileIO) and hasattr(select, "poll") else None


def _wait(descriptor: int, abandoned: Event) -> None:
    """Wait until there is something to read, or the end."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    while not abandoned.is_set() and not poll.poll(LOOK * 1000):
        pass
