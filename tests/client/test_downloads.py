"""Downloads over real HTTP: in chunks, into memory, or into a file that is never partial."""

import asyncio
import gc
import os
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web

from mistral_core import (
    APIConnectionError,
    ByteStream,
    Err,
    Hooks,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    SDKError,
    Timeout,
)
from mistral_core.testing import ScriptedTransport
from mistral_funcs.files.download import files_download
from mistral_funcs.files.retrieve import files_retrieve
from tests.client.file_server import Behaviour, FileServer, fails_with, serving_files
from tests.faults.fault_server import chunked, drips, http, misbehaving, says

CONTENT = os.urandom(3_000_001)


def gives(content: bytes = CONTENT, pause: float = 0) -> Behaviour:
    """Respond with some content in chunks."""

    async def behave(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "application/octet-stream"})
        response.content_length = len(content)
        await response.prepare(request)
        for start in range(0, len(content), 100_000):
            await response.write(content[start : start + 100_000])
            await asyncio.sleep(pause)
        return response

    return behave


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return [path.name for path in folder.iterdir()]


@pytest.fixture
async def server() -> AsyncGenerator[FileServer, None]:
    """Serve a file, any number of times."""
    async with serving_files(*[gives()] * 10) as served:
        yield served


@pytest.fixture
async def client(server: FileServer) -> AsyncGenerator[MistralCore, None]:
    """Return a client of the server."""
    async with MistralCore("key", server_url=server.url, timeout=20) as new_client:
        yield new_client


async def opened(client: MistralCore) -> ByteStream:
    """Open a download."""
    return (await files_download(client, "f")).unwrap()


async def test_a_download_is_saved(client: MistralCore, tmp_path: Path) -> None:
    """Under its name, without other files. An existing file is replaced."""
    path = tmp_path / "results.jsonl"
    path.write_text("old")
    reports: list[tuple[int, int | None]] = []
    stream = await opened(client)
    assert stream.size == len(CONTENT)
    assert stream.content_type == "application/octet-stream"
    saved = await stream.save(path, progress=lambda done, of: reports.append((done, of)))
    assert saved == Ok(path)
    assert path.read_bytes() == CONTENT
    assert names_in(tmp_path) == ["results.jsonl"]
    assert reports[-1] == (len(CONTENT), len(CONTENT))
    assert len(reports) > 1


async def test_a_download_is_read_into_memory(client: MistralCore) -> None:
    """As bytes."""
    assert await (await opened(client)).read() == Ok(CONTENT)


async def test_a_download_is_read_in_chunks(client: MistralCore, server: FileServer) -> None:
    """The connection is reused for the next one."""
    for _ in range(2):
        read = b""
        async with await opened(client) as chunks:
            async for chunk in chunks:
                read += chunk.unwrap()
        assert read == CONTENT
    assert server.requests == 2


async def test_a_download_that_is_left_frees_its_connection(server: FileServer) -> None:
    """With a pool of one connection, the next call succeeds."""
    async with MistralCore("key", server_url=server.url, timeout=5, max_connections=1) as client:
        async with await opened(client) as chunks:
            async for _ in chunks:
                break
        assert await (await opened(client)).read() == Ok(CONTENT)


async def test_a_download_that_is_dropped_frees_its_connection(server: FileServer) -> None:
    """The download was never read."""
    async with MistralCore("key", server_url=server.url, timeout=5, max_connections=1) as client:
        with pytest.warns(ResourceWarning, match="neither read nor closed"):  # noqa: PT031
            await files_download(client, "f")
            gc.collect()
        assert await (await opened(client)).read() == Ok(CONTENT)


async def test_a_download_is_read_once(client: MistralCore) -> None:
    """Reading it again is a programming error."""
    stream = await opened(client)
    await stream.read()
    with pytest.raises(RuntimeError, match="read once"):
        await stream.read()


async def test_opening_may_fail(client: MistralCore, server: FileServer) -> None:
    """As for any call: the error response is read, and a 503 is retried."""
    server.plan = [fails_with(404)]
    result = await files_download(client, "f")
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.message == "not now"
    server.plan = [fails_with(503), gives()]
    assert await (await opened(client)).read() == Ok(CONTENT)


BROKEN = {
    "cut": (http(b"x" * 5000, "Content-Length: 9000", length=False), APIConnectionError),
    "truncated chunks": (chunked(b"x" * 5000, end=b"100\r\nxx"), APIConnectionError),
    "invalid gzip": (http(b"x" * 5000, "Content-Encoding: gzip"), APIConnectionError),
}


@pytest.mark.parametrize("fault", BROKEN)
async def test_a_broken_download_leaves_no_partial_file(fault: str, tmp_path: Path) -> None:
    """An existing file is kept."""
    response, expected = BROKEN[fault]
    path = tmp_path / "file"
    path.write_text("old")
    async with (
        misbehaving(says(response)) as (url, _),
        MistralCore("key", server_url=url, timeout=5) as client,
    ):
        saved = await (await opened(client)).save(path)
        read = await (await opened(client)).read()
        async with await opened(client) as chunks:
            items = [chunk async for chunk in chunks]
    assert isinstance(saved, Err)
    assert isinstance(saved.error, expected)
    assert isinstance(read, Err)
    assert isinstance(read.error, expected)
    assert [isinstance(item, Err) for item in items[-2:]] in ([False, True], [True])
    assert (path.read_text(), names_in(tmp_path)) == ("old", ["file"])


@pytest.mark.parametrize("how", ["read", "save"])
async def test_the_deadline_holds_while_it_is_read(how: str, tmp_path: Path) -> None:
    """Regular single bytes do not extend it."""
    drip = drips(http(b"", "Content-Length: 1000000", length=False), b"x" * 100)
    async with (
        misbehaving(drip) as (url, _),
        MistralCore("key", server_url=url, timeout=0.3) as client,
    ):
        started = asyncio.get_running_loop().time()
        stream = await opened(client)
        result = await (stream.read() if how == "read" else stream.save(tmp_path / "file"))
        assert asyncio.get_running_loop().time() - started < 0.6
    assert isinstance(result, Err)
    assert isinstance(result.error, RequestTimeoutError)
    assert result.error.phase == "deadline"
    assert names_in(tmp_path) == []


async def test_a_silent_server_times_out() -> None:
    """After the `read` timeout, or the deadline if that is not set."""
    half = drips(http(b"x" * 100, "Content-Length: 1000", length=False), b"", 60)
    for timeout in (Timeout(read=0.1), Timeout(deadline=0.1)):
        async with (
            misbehaving(half) as (url, _),
            MistralCore("key", server_url=url, timeout=timeout) as client,
            await opened(client) as chunks,
        ):
            *_, last = [chunk async for chunk in chunks]
        assert isinstance(last, Err)
        assert isinstance(last.error, RequestTimeoutError)
        assert last.error.phase == "read"


@pytest.mark.parametrize("where", ["none/file", ".", "file/x"])
async def test_an_unwritable_path_is_an_error(
    where: str, client: MistralCore, tmp_path: Path
) -> None:
    """A missing folder, a folder instead of a file, or a file instead of a folder."""
    (tmp_path / "file").write_text("old")
    saved = await (await opened(client)).save(tmp_path / where)
    assert isinstance(saved, Err)
    assert isinstance(saved.error, InvalidRequestError)
    assert saved.error.param == "path"
    assert names_in(tmp_path) == ["file"]


async def test_cancelling_leaves_no_file(
    client: MistralCore, server: FileServer, tmp_path: Path
) -> None:
    """At any moment."""
    for number in range(8):
        server.plan = [gives(pause=0.002)]
        stream = await opened(client)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(stream.save(tmp_path / "file"), 0.005 * number + 0.001)
        assert names_in(tmp_path) == []


async def test_reading_into_memory_is_limited(server: FileServer) -> None:
    """By `max_response_bytes`. Saving is not, because the content is not kept in memory."""
    async with MistralCore("key", server_url=server.url, max_response_bytes=10**6) as client:
        read = await (await opened(client)).read()
    assert isinstance(read, Err)
    assert isinstance(read.error, ResponseValidationError)
    assert "max_response_bytes" in read.error.message


async def test_a_transport_without_streaming_is_supported() -> None:
    """Its complete body is one chunk, or none."""
    transport = ScriptedTransport(Response(200, body=b"whole"), Response(200))
    client = MistralCore(transport=transport)
    stream = await opened(client)
    assert stream.size is None
    assert await stream.read() == Ok(b"whole")
    assert await (await opened(client)).read() == Ok(b"")
    assert transport.requests[0].headers["accept"] == "application/octet-stream"


async def test_a_call_cancelled_in_a_hook_frees_the_connection(
    server: FileServer,
) -> None:
    """The stream, which nobody will receive, is closed."""

    async def look(_: object) -> None:
        await asyncio.sleep(60)

    hooks = Hooks(after_response=look)
    async with MistralCore("k", server_url=server.url, hooks=hooks, max_connections=1) as client:
        for _ in range(3):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(files_download(client, "f"), 0.1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(files_retrieve(client, "f"), 0.1)
    assert server.requests == 4


MEASURE = """
import asyncio, re, sys
from mistral_core import MistralCore
from mistral_funcs.files.download import files_download
from mistral_funcs.files.upload import files_upload

async def main(url, path, how):
    async with MistralCore("key", server_url=url) as client:
        async def call(name):
            if how == "upload":
                (await files_upload(client, file=name)).unwrap()
            else:
                stream = (await files_download(client, "f")).unwrap()
                (await stream.save(name)).unwrap()
        def peak():
            status = open("/proc/self/status").read()
            return int(re.search(r"VmHWM:\\s+(\\d+)", status).group(1))

        await call(path + ".small")
        before = peak()
        await call(path)
        print(peak() - before)

asyncio.run(main(*sys.argv[1:]))
"""
HUGE = 300_000_000


async def hugely(request: web.Request) -> web.StreamResponse:
    """Respond with 300 MB."""
    response = web.StreamResponse()
    response.content_length = HUGE
    await response.prepare(request)
    for _ in range(HUGE // 100_000):
        await response.write(CONTENT[:100_000])
    return response


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("how", ["upload", "download"])
async def test_300_mb_take_under_20_mb_of_memory(how: str, tmp_path: Path) -> None:
    """Measured in a process of its own, after a small download has loaded all modules."""
    path, small = tmp_path / "huge", tmp_path / "huge.small"
    if how == "upload":
        small.write_bytes(CONTENT)
        path.write_bytes(b"")
        os.truncate(path, HUGE)
    plan = [gives(), hugely] if how == "download" else []
    async with serving_files(*plan) as server:
        arguments = [sys.executable, "-c", MEASURE, server.url, str(path), how]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*arguments, stdout=pipe)
        out, _ = await process.communicate()
    assert process.returncode == 0
    assert int(out) < 20_000
    assert path.stat().st_size == HUGE
    if how == "upload":
        assert [upload.size for upload in server.arrived] == [len(CONTENT), HUGE]
