"""Uploads from open files, which are read without blocking the event loop."""

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

from mistral_core.request.uploads import CHUNK, Source
from mistral_core.runtime.blocking import Worker

POLL_INTERVAL = 0.1
"""Seconds between two checks of whether reading a silent pipe has been abandoned."""

END = b""
"""The value of `read` at the end. Other false values, such as an empty string, are invalid."""

MIN_PAUSE, MAX_PAUSE = 0.001, 0.05
"""Seconds to wait before a file without data is read again."""


def open_file_source(file: Any) -> Source:
    """Return a source that reads an open file from its position.

    Raises:
        Exception: The file cannot be read.
    """
    if getattr(file, "mode", "b") in ("r", "w") or hasattr(file, "encoding"):
        raise ValueError("it is open in text mode; open it with 'rb'")
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

    Each read seeks first: a read of an abandoned attempt may run after the next attempt has begun.
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

    A pipe is polled until it has data. A thread that is blocked in `read` would hold the lock of
    the file, and the interpreter aborts if it cannot lock standard input at exit.
    """
    abandoned = Event()
    descriptor = _descriptor(file)
    read = getattr(file, "read1", file.read) if descriptor is not None else file.read

    def read_when_ready() -> Any:
        if descriptor is not None:
            _wait(descriptor, abandoned)
        return None if abandoned.is_set() else read(CHUNK)

    try:
        with Worker() as worker:
            while (chunk := await _next_chunk(worker, read_when_ready)) != END:
                yield chunk
    finally:
        abandoned.set()


async def _next_chunk(worker: Worker, read: Callable[[], Any]) -> Any:
    """Read until data or the end arrives. A non-blocking file without data returns `None`."""
    pause = MIN_PAUSE
    while True:
        with suppress(BlockingIOError):
            chunk = await worker.call(read)
            if chunk is not None:
                return chunk
        await asyncio.sleep(pause)
        pause = min(2 * pause, MAX_PAUSE)


def _descriptor(file: Any) -> int | None:
    """Return the descriptor of a file that can be polled, such as a pipe."""
    raw: Any = file.raw if issubclass(file.__class__, io.BufferedReader) else file
    return raw.fileno() if isinstance(raw, io.FileIO) and hasattr(select, "poll") else None


def _wait(descriptor: int, abandoned: Event) -> None:
    """Wait until data or the end of file arrives, or reading is abandoned."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    while not abandoned.is_set() and not poll.poll(POLL_INTERVAL * 1000):
        pass
