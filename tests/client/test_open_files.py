"""Uploads from open files of every kind: pipes, files that do not block, and files that lie."""

import asyncio
import io
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path
from typing import IO, Any

import pytest

from mistral_core import (
    Err,
    File,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    RetryConfig,
    Timeout,
)
from mistral_core.runtime.blocking import call_blocking
from mistral_funcs.files.upload import files_upload
from tests.client.file_server import FileServer, answers, digest, serving_files


@pytest.fixture
async def server() -> AsyncGenerator[FileServer, None]:
    """Serve files."""
    async with serving_files() as served:
        yield served


def client_of(server: FileServer, timeout: float = 30) -> MistralCore:
    """Return a client of a server."""
    retries = RetryConfig(initial_interval=0.001)
    return MistralCore("key", server_url=server.url, timeout=timeout, retry_config=retries)


# ------------------------------------------------------------------------------- files at their end


def written(file: IO[bytes]) -> IO[bytes]:
    """Return a file that was just written."""
    file.write(b"content")
    return file


def read(file: IO[bytes]) -> IO[bytes]:
    """Return a file that was just read, to look whether it is right."""
    written(file).seek(0)
    file.read()
    return file


def beyond(file: IO[bytes]) -> IO[bytes]:
    """Return a file that is positioned beyond its end."""
    written(file).seek(100)
    return file


FILES: dict[str, Callable[[Path], IO[bytes]]] = {
    "BytesIO": lambda _: io.BytesIO(),
    "a buffered file": lambda folder: (folder / "f").open("w+b"),
    "a raw file": lambda folder: (folder / "f").open("w+b", 0),
    "a temporary file": lambda _: tempfile.TemporaryFile(),  # noqa: SIM115
    "a spooled file": lambda _: tempfile.SpooledTemporaryFile(100),  # noqa: SIM115
    "a spooled file on the disk": lambda _: tempfile.SpooledTemporaryFile(2),  # noqa: SIM115
}


@pytest.mark.parametrize("position", [written, read, beyond])
@pytest.mark.parametrize("kind", FILES)
async def test_a_file_at_its_end_is_refused(
    kind: str, position: Callable[[IO[bytes]], IO[bytes]], server: FileServer, tmp_path: Path
) -> None:
    """Before anything is sent, with what to do; and after that it can be sent."""
    with FILES[kind](tmp_path) as file:
        position(file)
        async with client_of(server) as client:
            result = await files_upload(client, file=file)
            assert isinstance(result, Err)
            assert isinstance(result.error, InvalidRequestError)
            assert "is at its end" in result.error.message
            assert "call `seek(0)` first" in result.error.message
            assert server.requests == 0
            file.seek(0)
            assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].digest == digest(b"content")


@pytest.mark.parametrize("kind", FILES)
async def test_an_empty_file_is_sent(kind: str, server: FileServer, tmp_path: Path) -> None:
    """It is at its beginning as well as at its end."""
    with FILES[kind](tmp_path) as file:
        async with client_of(server) as client:
            assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].size == 0


async def nothing() -> AsyncIterator[bytes]:
    """Yield nothing."""
    return
    yield b""


def closed_pipe() -> IO[bytes]:
    """Return a pipe into which nothing was written."""
    out, into = os.pipe()
    os.close(into)
    return os.fdopen(out, "rb")


class Trickle:
    """A file of bytes that can be read once."""

    def __init__(self, *chunks: Any) -> None:
        """Take what `read` returns or raises, one after the other."""
        self.chunks = [*chunks]

    def read(self, _: int = -1) -> Any:
        """Return the next chunk."""
        chunk = self.chunks.pop(0) if self.chunks else b""
        if isinstance(chunk, BaseException):
            raise chunk
        return chunk


@pytest.mark.parametrize("source", [nothing, closed_pipe, Trickle])
async def test_a_stream_that_yields_nothing_is_refused(
    source: Callable[[], Any], server: FileServer
) -> None:
    """It was read before, as a rule: a generator that is passed twice."""
    content = source()
    async with client_of(server) as client:
        result = await files_upload(client, file=content)
    assert isinstance(result, Err)
    assert "yielded no bytes" in str(result.error)
    assert server.arrived == []
    if isinstance(content, io.IOBase):
        content.close()


class Twice:
    """Says that it can be read again, but continues where it was left."""

    def __init__(self) -> None:
        """Begin."""
        self.chunks = iter([b"x" * 100_000] * 20)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Continue."""
        for chunk in self.chunks:
            yield chunk


async def test_a_source_that_yields_less_the_second_time_is_refused(server: FileServer) -> None:
    """A part of it would arrive as if it were the whole."""
    server.plan = [answers(503)]
    async with client_of(server) as client:
        result = await files_upload(client, file=Twice())
    assert isinstance(result, Err)
    assert "changed while it was being read" in str(result.error)
    assert server.arrived == []


# -------------------------------------------------------------------------- files that do not block


ARRIVES: dict[str, tuple[list[Any], bytes]] = {
    "None between chunks": ([b"a", None, None, b"b"], b"ab"),
    "None at first": ([None, b"ab"], b"ab"),
    "BlockingIOError": ([b"a", BlockingIOError(11, "again"), b"b"], b"ab"),
    "a bytearray": ([bytearray(b"ab")], b"ab"),
    "a view of larger items": ([memoryview(b"abcdefgh").cast("i")], b"abcdefgh"),
}
"""What `read` of a file returns or raises, and what arrives."""


@pytest.mark.parametrize("name", ARRIVES)
async def test_a_file_that_has_nothing_yet_is_read_on(name: str, server: FileServer) -> None:
    """Up to its end, which is empty bytes; progress counts bytes."""
    chunks, expected = ARRIVES[name]
    told: list[int] = []
    file = File(Trickle(*chunks), progress=lambda sent, _: told.append(sent))  # type: ignore[arg-type]
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].digest == digest(expected)
    assert told[-1] == len(expected)


async def test_a_file_that_never_has_anything_ends_with_the_deadline(server: FileServer) -> None:
    """And does not count as empty."""
    async with client_of(server, 0.3) as client:
        result = await files_upload(client, file=Trickle(*[None] * 1000))  # type: ignore[arg-type]
    assert isinstance(result, Err)
    assert isinstance(result.error, RequestTimeoutError)
    assert server.arrived == []


@pytest.mark.parametrize("buffering", [0, -1])
async def test_a_pipe_that_does_not_block_arrives_whole(buffering: int, server: FileServer) -> None:
    """However slowly it is written."""
    out, into = os.pipe()
    os.set_blocking(out, False)

    def write() -> None:
        for _ in range(5):
            time.sleep(0.05)
            os.write(into, b"x" * 10_000)
        os.close(into)

    with os.fdopen(out, "rb", buffering) as file:
        async with client_of(server) as client:
            writing = asyncio.create_task(asyncio.to_thread(write))
            assert isinstance(await files_upload(client, file=file), Ok)
            await writing
    assert server.arrived[0].digest == digest(b"x" * 50_000)


async def test_what_a_pipe_has_in_its_buffer_arrives(server: FileServer) -> None:
    """A header was read before, and more than that from the pipe."""
    out, into = os.pipe()
    os.write(into, b"header-content")
    os.close(into)
    with os.fdopen(out, "rb") as file:
        assert file.read(7) == b"header-"
        async with client_of(server) as client:
            assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].digest == digest(b"content")


# ------------------------------------------------------------------------------------- silent files


class Silent:
    """A file whose `read` does not return before it is released."""

    def __init__(self) -> None:
        """Be silent."""
        self.released = threading.Event()

    def read(self, _: int = -1) -> bytes:
        """Wait."""
        self.released.wait(60)
        return b"late"


async def test_silent_files_time_out_and_hold_nothing_up(server: FileServer) -> None:
    """More of them than the default executor has threads: names are resolved meanwhile."""
    pipes = [os.pipe() for _ in range(20)]
    files: list[Any] = [os.fdopen(out, "rb") for out, _ in pipes]
    silent = [Silent() for _ in range(40)]
    sources: list[Any] = [*files, *silent]
    async with client_of(server) as client:
        options = RequestOptions(timeout=0.5)
        uploads = [
            asyncio.create_task(files_upload(client, file=each, options=options))
            for each in sources
        ]
        await asyncio.sleep(0.2)
        began = time.monotonic()
        await asyncio.get_running_loop().getaddrinfo("localhost", 80)
        assert time.monotonic() - began < 5
        results = await asyncio.gather(*uploads)
    assert {type(result.error) for result in results if isinstance(result, Err)} == {
        RequestTimeoutError
    }
    assert len([each for each in results if isinstance(each, Err)]) == 60
    for each in silent:
        each.released.set()
    for file, (_, into) in zip(files, pipes, strict=True):
        os.write(into, b"still there")
        os.close(into)
        assert await asyncio.to_thread(file.read) == b"still there"
        file.close()


PROGRAM = """
import asyncio, os, sys, time
from mistral_core import Err, MistralCore, RequestTimeoutError
from mistral_funcs import files_upload

class Silent:
    def read(self, _=-1):
        time.sleep(60)

def silent(kind):
    if kind == "standard input":
        return sys.stdin.buffer
    if kind == "a pipe":
        return os.fdopen(os.pipe()[0], "rb")
    return Silent()

async def main(url, kind):
    async with MistralCore("key", server_url=url, timeout=0.5) as client:
        result = await files_upload(client, file=silent(kind))
        assert isinstance(result, Err), result
        assert isinstance(result.error, RequestTimeoutError), result
    print("timeout")

asyncio.run(main(*sys.argv[1:]))
print("the end")
"""


@pytest.mark.parametrize("kind", ["standard input", "a pipe", "a file object"])
async def test_a_program_ends_although_its_upload_is_silent(kind: str, server: FileServer) -> None:
    """Its event loop ends, and so does the interpreter, without a word."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", PROGRAM, server.url, kind),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    async with asyncio.timeout(30):
        assert program.stdout is not None
        out = await program.stdout.read()
        await program.wait()
    assert program.stderr is not None
    assert (out, await program.stderr.read(), program.returncode) == (
        b"timeout\nthe end\n",
        b"",
        0,
    )
    assert program.stdin is not None
    program.stdin.close()


class Slow:
    """A file that can be read again, and whose first `read` outlasts its attempt."""

    def __init__(self, content: bytes) -> None:
        """Take the content."""
        self._file = io.BytesIO(content)
        self._reads = 0
        self.busy = 0

    def seekable(self) -> bool:
        """Say that it can be read again."""
        return True

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def seek(self, position: int, whence: int = 0) -> int:
        """Set the position."""
        assert not self.busy, "two threads at once"
        return self._file.seek(position, whence)

    def read(self, size: int = -1) -> bytes:
        """Read, at first slowly."""
        self.busy += 1
        self._reads += 1
        if self._reads == 1:
            time.sleep(0.5)
        data = self._file.read(size)
        self.busy -= 1
        return data


async def test_a_late_read_does_not_move_the_next_attempt(server: FileServer) -> None:
    """Which begins when that has ended: else it would send another part of the file."""
    content = os.urandom(1_200_000)
    timeout = Timeout(total=0.3, deadline=30)
    async with MistralCore(
        "key",
        server_url=server.url,
        timeout=timeout,
        retry_config=RetryConfig(initial_interval=0.001, max_tries=10),
    ) as client:
        result = await files_upload(client, file=Slow(content))  # type: ignore[arg-type]
    assert isinstance(result, Ok), result
    assert server.arrived[0].digest == digest(content)


async def test_a_socket_is_read_to_its_end(server: FileServer) -> None:
    """It is no pipe, and has bytes in buffers of its own."""
    ours, theirs = socket.socketpair()
    with theirs, ours:
        theirs.sendall(b"x" * 50_000)
        theirs.shutdown(socket.SHUT_WR)
        with ours.makefile("rb") as file:
            assert file.read(1) == b"x"
            async with client_of(server) as client:
                assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].size == 49_999


# ------------------------------------------------------------------------------------ their threads


async def test_an_outcome_that_comes_too_late_is_dropped() -> None:
    """Nobody waits for it: the wait was cancelled, or the event loop has ended."""
    released, ended = threading.Event(), threading.Event()

    def work() -> None:
        released.wait(10)
        ended.set()

    waiting = asyncio.create_task(call_blocking(work))
    await asyncio.sleep(0.05)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    released.set()
    assert await asyncio.to_thread(ended.wait, 10)
    await asyncio.sleep(0.05)


def test_a_call_may_outlast_its_event_loop() -> None:
    """It finds it closed, and is silent."""
    released, ended = threading.Event(), threading.Event()

    def work() -> None:
        released.wait(10)
        threading.Timer(0.1, ended.set).start()

    async def leave() -> None:
        async with asyncio.timeout(0.05):
            await call_blocking(work)

    with pytest.raises(TimeoutError):
        asyncio.run(leave())
    released.set()
    assert ended.wait(10)
