"""Uploads from open files: pipes, non-blocking files, and files that misreport their state."""

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
from tests.client.file_server import FileServer, digest, fails_with, serving_files


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
    """Return a file after writing to it."""
    file.write(b"content")
    return file


def read(file: IO[bytes]) -> IO[bytes]:
    """Return a file after reading it."""
    written(file).seek(0)
    file.read()
    return file


def beyond(file: IO[bytes]) -> IO[bytes]:
    """Return a file that is positioned after its end."""
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
    """The error says to call `seek(0)`, after which the file can be sent."""
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
    """Its position is both the beginning and the end."""
    with FILES[kind](tmp_path) as file:
        async with client_of(server) as client:
            assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].size == 0


async def nothing() -> AsyncIterator[bytes]:
    """Yield nothing."""
    return
    yield b""


def closed_pipe() -> IO[bytes]:
    """Return a pipe that was closed without data."""
    out, into = os.pipe()
    os.close(into)
    return os.fdopen(out, "rb")


class Trickle:
    """A binary file that can be read once."""

    def __init__(self, *chunks: Any) -> None:
        """Take the results or exceptions of `read`, in order."""
        self.chunks = [*chunks]

    def read(self, _: int = -1) -> Any:
        """Return the next chunk."""
        chunk = self.chunks.pop(0) if self.chunks else b""
        if isinstance(chunk, BaseException):
            raise chunk
        return chunk


@pytest.mark.parametrize("source", [nothing, closed_pipe, Trickle])
async def test_an_empty_stream_is_refused(source: Callable[[], Any], server: FileServer) -> None:
    """It has probably been consumed, such as a generator that is passed twice."""
    content = source()
    async with client_of(server) as client:
        result = await files_upload(client, file=content)
    assert isinstance(result, Err)
    assert "yielded no bytes" in str(result.error)
    assert server.arrived == []
    if isinstance(content, io.IOBase):
        content.close()


class Twice:
    """A source that claims to be replayable, but continues where it stopped."""

    def __init__(self) -> None:
        """Start with all chunks."""
        self.chunks = iter([b"x" * 100_000] * 20)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the remaining chunks."""
        for chunk in self.chunks:
            yield chunk


async def test_a_shorter_second_read_is_refused(server: FileServer) -> None:
    """A partial file would look complete."""
    server.plan = [fails_with(503)]
    async with client_of(server) as client:
        result = await files_upload(client, file=Twice())
    assert isinstance(result, Err)
    assert "changed while it was being read" in str(result.error)
    assert server.arrived == []


# ------------------------------------------------------------------------------- non-blocking files


ARRIVES: dict[str, tuple[list[Any], bytes]] = {
    "None between chunks": ([b"a", None, None, b"b"], b"ab"),
    "None at first": ([None, b"ab"], b"ab"),
    "BlockingIOError": ([b"a", BlockingIOError(11, "again"), b"b"], b"ab"),
    "a bytearray": ([bytearray(b"ab")], b"ab"),
    "a view of larger items": ([memoryview(b"abcdefgh").cast("i")], b"abcdefgh"),
}
"""Results or exceptions of `read`, and the content that arrives."""


@pytest.mark.parametrize("name", ARRIVES)
async def test_a_file_without_data_yet_is_polled(name: str, server: FileServer) -> None:
    """Until `read` returns empty bytes. Progress counts bytes."""
    chunks, expected = ARRIVES[name]
    reports: list[int] = []
    file = File(Trickle(*chunks), progress=lambda sent, _: reports.append(sent))  # type: ignore[arg-type]
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].digest == digest(expected)
    assert reports[-1] == len(expected)


async def test_a_file_that_never_has_data_times_out(server: FileServer) -> None:
    """It does not count as empty."""
    async with client_of(server, 0.3) as client:
        result = await files_upload(client, file=Trickle(*[None] * 1000))  # type: ignore[arg-type]
    assert isinstance(result, Err)
    assert isinstance(result.error, RequestTimeoutError)
    assert server.arrived == []


@pytest.mark.parametrize("buffering", [0, -1])
async def test_a_non_blocking_pipe_arrives_completely(buffering: int, server: FileServer) -> None:
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


async def test_buffered_data_of_a_pipe_arrives(server: FileServer) -> None:
    """Reading a header has buffered more of the pipe."""
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
    """A file whose `read` blocks until it is released."""

    def __init__(self) -> None:
        """Start blocked."""
        self.released = threading.Event()

    def read(self, _: int = -1) -> bytes:
        """Block."""
        self.released.wait(60)
        return b"late"


async def test_silent_files_time_out_and_block_nothing(server: FileServer) -> None:
    """They outnumber the threads of the default executor, which still resolves names."""
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
    """The event loop and the interpreter end without output."""
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
    """A seekable file whose first `read` outlasts its attempt."""

    def __init__(self, content: bytes) -> None:
        """Take the content."""
        self._file = io.BytesIO(content)
        self._reads = 0
        self.busy = 0

    def seekable(self) -> bool:
        """Return true."""
        return True

    def tell(self) -> int:
        """Return the position."""
        return self._file.tell()

    def seek(self, position: int, whence: int = 0) -> int:
        """Set the position."""
        assert not self.busy, "two threads at once"
        return self._file.seek(position, whence)

    def read(self, size: int = -1) -> bytes:
        """Read, the first time slowly."""
        self.busy += 1
        self._reads += 1
        if self._reads == 1:
            time.sleep(0.5)
        data = self._file.read(size)
        self.busy -= 1
        return data


async def test_a_late_read_does_not_affect_the_next_attempt(server: FileServer) -> None:
    """The next attempt waits for it. Otherwise it would send another part of the file."""
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
    """It is no pipe, and its file object has a buffer."""
    ours, theirs = socket.socketpair()
    with theirs, ours:
        theirs.sendall(b"x" * 50_000)
        theirs.shutdown(socket.SHUT_WR)
        with ours.makefile("rb") as file:
            assert file.read(1) == b"x"
            async with client_of(server) as client:
                assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].size == 49_999


# ------------------------------------------------------------------------------------------ threads


async def test_a_late_result_is_dropped() -> None:
    """The wait for it was cancelled."""
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


def test_a_blocking_call_may_outlast_its_event_loop() -> None:
    """The result is dropped silently."""
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
