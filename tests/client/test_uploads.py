"""Uploads over real HTTP: from any source, streamed, complete or not at all."""

import asyncio
import io
import os
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from pathlib import Path
from typing import IO, Any
from unittest import mock

import aiohttp
import pytest
from hypothesis import given, strategies as st

from mistral_core import (
    APIConnectionError,
    Err,
    File,
    FileContent,
    InvalidRequestError,
    MistralCore,
    Ok,
    RetryConfig,
    SDKError,
)
from mistral_core.request.multipart import Multipart
from mistral_funcs.files.upload import files_upload
from tests.client.file_server import FileServer, digest, fails_with, resets, serving_files

CONTENT = os.urandom(1_000_003)
AT_ONCE = RetryConfig(initial_interval=0.001)


@pytest.fixture
async def server() -> AsyncGenerator[FileServer, None]:
    """Serve files."""
    async with serving_files() as served:
        yield served


def client_of(server: FileServer) -> MistralCore:
    """Return a client that retries without pauses."""
    return MistralCore("key-of-the-test", server_url=server.url, retry_config=AT_ONCE, timeout=30)


async def slices() -> AsyncGenerator[bytes, None]:
    """Yield the content in chunks, once."""
    for start in range(0, len(CONTENT), 77_777):
        yield CONTENT[start : start + 77_777]


class Again:
    """Yields the content in chunks, any number of times."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Start with the first byte."""
        return slices()


def spooled(_: Path) -> IO[bytes]:
    """Return the content as an upload in a web framework."""
    file = tempfile.SpooledTemporaryFile(10_000)  # noqa: SIM115
    file.write(CONTENT)
    file.seek(0)
    return file


def at_path(folder: Path) -> Path:
    """Return a path with the content."""
    path = folder / "train.jsonl"
    path.write_bytes(CONTENT)
    return path


SOURCES: dict[str, tuple[Callable[[Path], FileContent], str, str]] = {
    "bytes": (lambda _: CONTENT, "file", "application/octet-stream"),
    "a bytearray": (lambda _: bytearray(CONTENT), "file", "application/octet-stream"),
    "a view of bytes": (lambda _: memoryview(CONTENT), "file", "application/octet-stream"),
    "a path": (at_path, "train.jsonl", "application/jsonl"),
    "a path as text": (lambda folder: str(at_path(folder)), "train.jsonl", "application/jsonl"),
    "an open file": (lambda f: at_path(f).open("rb"), "train.jsonl", "application/jsonl"),
    "an unbuffered file": (
        lambda folder: at_path(folder).open("rb", 0),
        "train.jsonl",
        "application/jsonl",
    ),
    "BytesIO": (lambda _: io.BytesIO(CONTENT), "file", "application/octet-stream"),
    "SpooledTemporaryFile": (spooled, "file", "application/octet-stream"),
    "an iterable": (lambda _: Again(), "file", "application/octet-stream"),
}
"""Replayable sources, each with its expected name and type."""


@pytest.mark.parametrize("source", SOURCES)
async def test_each_source_arrives_through_two_503s_and_a_reset(
    source: str, server: FileServer, tmp_path: Path
) -> None:
    """Its bytes arrive once. The source is read again for each attempt."""
    make, name, content_type = SOURCES[source]
    content: Any = make(tmp_path)
    server.plan = [fails_with(503), fails_with(503, read=False), resets]
    async with client_of(server) as client:
        result = await files_upload(client, file=content, purpose="fine-tune")
    assert isinstance(result, Ok), result
    (upload,) = server.arrived
    assert (upload.size, upload.digest) == (len(CONTENT), digest(CONTENT))
    assert (upload.name, upload.content_type) == (name, content_type)
    assert upload.fields == [("purpose", "fine-tune")]
    assert server.requests == 4
    assert (upload.length is None) is (source == "an iterable")
    if hasattr(content, "close"):
        assert not content.closed
        content.close()


def pipe(content: bytes) -> IO[bytes]:
    """Return a pipe with the content."""
    out, into = os.pipe()
    with os.fdopen(into, "wb") as writer:
        writer.write(content)
    return os.fdopen(out, "rb")


@pytest.mark.parametrize("behaviour", [fails_with(503), fails_with(429), resets])
@pytest.mark.parametrize("source", ["a generator", "a pipe"])
async def test_a_source_that_is_not_replayable_is_sent_once(
    source: str, behaviour: Any, server: FileServer
) -> None:
    """The failure is an `Err`, and no partial file arrives."""
    content = slices() if source == "a generator" else pipe(b"x" * 50_000)
    server.plan = [behaviour]
    async with client_of(server) as client:
        result = await files_upload(client, file=content)
        assert isinstance(result, Err)
        assert isinstance(result.error, SDKError | APIConnectionError)
        assert (result.call.attempts, server.requests, server.arrived) == (1, 1, [])
    if not isinstance(content, AsyncGenerator):
        content.close()


@pytest.mark.parametrize("source", ["a generator", "a pipe"])
async def test_a_source_that_is_not_replayable_arrives(source: str, server: FileServer) -> None:
    """In chunks, because its size is unknown."""
    content = slices() if source == "a generator" else pipe(b"x" * 50_000)
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=content), Ok)
    (upload,) = server.arrived
    assert upload.digest == digest(CONTENT if source == "a generator" else b"x" * 50_000)
    assert upload.length is None
    if not isinstance(content, AsyncGenerator):
        content.close()


async def test_an_unread_source_is_retried() -> None:
    """A failed connection has read nothing of it."""
    gone = "http://127.0.0.1:9"
    retries = RetryConfig(initial_interval=0.001, max_tries=3)
    async with MistralCore("key", server_url=gone, retry_config=retries) as client:
        result = await files_upload(client, file=slices())
        assert result.call.attempts == 3
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)


async def test_an_open_file_is_sent_from_its_position(server: FileServer) -> None:
    """In a retry as well."""
    file = io.BytesIO(b"header" + CONTENT)
    file.seek(6)
    server.plan = [fails_with(503)]
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].digest == digest(CONTENT)


@pytest.mark.parametrize("size", [0, 1, 2**18 - 1, 2**18, 2**18 + 1])
async def test_a_file_of_any_size_arrives(size: int, server: FileServer) -> None:
    """Including sizes around the chunk size."""
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=CONTENT[:size]), Ok)
    assert server.arrived[0].digest == digest(CONTENT[:size])


@pytest.mark.parametrize(
    "name", ["naïve 日本語.jsonl", 'quo"te.txt', "semi;colon.txt", "back\\slash", "line\nbreak.txt"]
)
async def test_a_name_of_any_kind_arrives(name: str, server: FileServer) -> None:
    """Encoded as in browsers. No name can inject a header."""
    file = File(b"x", file_name=name, content_type="text/x-test")
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    (upload,) = server.arrived
    escaped = name.replace('"', "%22").replace("\n", "%0A")
    assert upload.name in (name, escaped, name.replace("\\", ""))
    assert upload.content_type == "text/x-test"


async def test_all_fields_of_the_form_are_sent(server: FileServer) -> None:
    """They precede the file, so that the server can use them while it receives the file."""
    async with client_of(server) as client:
        await files_upload(client, file=b"x", purpose="ocr", expiry=24, visibility="user")
    assert server.arrived[0].fields == [
        ("purpose", "ocr"),
        ("expiry", "24"),
        ("visibility", "user"),
    ]


@pytest.mark.parametrize("sized", [True, False])
async def test_progress_is_reported(server: FileServer, *, sized: bool) -> None:
    """In bytes, with the total if it is known. A retry starts over."""
    reports: list[tuple[int, int | None]] = []

    def progress(sent: int, of: int | None) -> None:
        reports.append((sent, of))

    file = File(CONTENT if sized else Again(), progress=progress)
    server.plan = [fails_with(503)]
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    total = len(CONTENT) if sized else None
    (again,) = (
        number for number in range(1, len(reports)) if reports[number][0] < reports[number - 1][0]
    )
    for attempt in (reports[:again], reports[again:]):
        assert [sent for sent, _ in attempt] == sorted(sent for sent, _ in attempt)
        assert attempt[-1] == (len(CONTENT), total)
        assert {of for _, of in attempt} == {total}


async def test_progress_may_be_a_coroutine_function_and_may_fail(
    server: FileServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Its exception is logged, and the file arrives."""
    reports: list[int] = []

    async def progress(sent: int, _: int | None) -> None:
        reports.append(sent)
        raise RuntimeError("no screen")

    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=File(b"xyz", progress=progress)), Ok)
    assert reports == [3]
    assert "no screen" in caplog.text


# ---------------------------------------------------------------------------------- invalid sources


async def failing() -> AsyncIterator[bytes]:
    """Yield some bytes, then fail."""
    yield b"x" * 100_000
    raise RuntimeError("the disk is gone")


async def texts() -> AsyncIterator[Any]:
    """Yield strings instead of bytes."""
    yield "text"


class AsyncFile:
    """A file whose `read` is a coroutine function."""

    async def read(self, _: int = -1) -> bytes:
        """Read."""
        return b"x"


class Unreadable(io.RawIOBase):
    """A file on a failing disk."""

    def seekable(self) -> bool:
        """Return true."""
        return True

    def seek(self, _: int, __: int = 0) -> int:
        """Do nothing."""
        return 100

    def tell(self) -> int:
        """Return a position."""
        return 0

    def read(self, _: int = -1) -> bytes:
        """Raise an error."""
        raise OSError(5, "Input/output error")


def opened_as_text(folder: Path) -> Any:
    """Return a file in text mode."""
    return at_path(folder).open("r", encoding="latin-1")


WRONG: dict[str, tuple[Callable[[Path], Any], str]] = {
    "nothing there": (lambda folder: folder / "none", "No such file"),
    "a folder": (lambda folder: folder, "not a regular file"),
    "a NUL in a path": (lambda _: "a\0b", "null"),
    "None": (lambda _: None, "NoneType"),
    "a number": (lambda _: 7, "got int"),
    "a list": (lambda _: [b"x"], "got list"),
    "text mode": (opened_as_text, "open in text mode"),
    "StringIO": (lambda _: io.StringIO("x"), "open in text mode"),
    "a source that fails": (lambda _: failing(), "the disk is gone"),
    "a source of text": (lambda _: texts(), "yielded str instead of bytes"),
    "an asynchronous file": (lambda _: AsyncFile(), "yielded coroutine instead of bytes"),
    "a disk that fails": (lambda _: Unreadable(), "Input/output error"),
    "an invalid name": (lambda _: File(b"x", file_name=7), "`file_name`"),  # type: ignore[arg-type]
    "an invalid type": (lambda _: File(b"x", content_type="a\r\nb"), "`content_type`"),
}


@pytest.mark.filterwarnings("ignore:coroutine 'AsyncFile.read' was never awaited")
@pytest.mark.parametrize("name", WRONG)
async def test_an_invalid_source_is_not_retried(
    name: str, server: FileServer, tmp_path: Path
) -> None:
    """It is an `InvalidRequestError`, and nothing arrives, not even partially."""
    make, says = WRONG[name]
    content = make(tmp_path)
    async with client_of(server) as client:
        result = await files_upload(client, file=content)
        assert isinstance(result, Err)
        assert isinstance(result.error, InvalidRequestError), result
        assert says in result.error.message
        assert result.call.attempts <= 1
        assert isinstance(await files_upload(client, file=b"next"), Ok)
    assert [upload.size for upload in server.arrived] == [4]
    if hasattr(content, "close"):
        content.close()


class ByHand:
    """Yields the content without a generator, any number of times."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Start with the first byte."""
        return _Hand()


class _Hand:
    def __init__(self) -> None:
        self._left = [b"a", b"b"]

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if not self._left:
            raise StopAsyncIteration
        return self._left.pop(0)


async def test_an_iterable_need_not_be_a_generator(server: FileServer) -> None:
    """Iterators without `aclose` are supported."""
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=ByHand()), Ok)
    assert server.arrived[0].size == 2


@pytest.mark.parametrize("change", [-600_000, +1000])
async def test_an_open_file_that_changes_while_it_is_sent_is_refused(
    change: int, server: FileServer
) -> None:
    """It would be truncated or have extra data."""
    content = io.BytesIO(b"x" * 1_200_000)

    def on_progress(sent: int, _: int | None) -> None:
        if sent < 600_000:
            content.getbuffer().release()
            content.truncate(1_200_000 + min(change, 0))
            content.seek(0, 2)
            content.write(b"x" * max(change, 0))
            content.seek(sent)

    async with client_of(server) as client:
        result = await files_upload(client, file=File(content, progress=on_progress))
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert "changed while it was being read" in result.error.message
    assert server.arrived == []


async def test_a_field_that_is_not_unicode_is_refused(server: FileServer) -> None:
    """Nothing is sent."""
    async with client_of(server) as client:
        result = await files_upload(client, file=b"x", purpose="\ud800")
    assert isinstance(result, Err)
    assert "not valid Unicode" in result.error.message
    assert server.requests == 0


@pytest.mark.parametrize("change", [-1000, +1000])
async def test_a_file_that_changes_while_it_is_sent_is_refused(
    change: int, server: FileServer, tmp_path: Path
) -> None:
    """Its length has been sent before."""
    path = at_path(tmp_path)
    path.write_bytes(b"x" * 1_200_000)

    def on_progress(*_: object) -> None:
        os.truncate(path, 1_200_000 + change)

    async with client_of(server) as client:
        result = await files_upload(client, file=File(path, progress=on_progress))
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)
    assert "changed while it was being read" in result.error.message
    assert server.arrived == []


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text() | st.binary() | st.integers()
    )
)
def test_any_form_is_read_as_written(fields: dict[str, Any]) -> None:
    """By another implementation of the format. The announced size is correct."""

    async def check() -> None:
        form = await Multipart.of(
            {
                name: File(value) if isinstance(value, bytes) else value
                for name, value in fields.items()
            }
        )
        body = b"".join([chunk async for chunk in form])
        assert len(body) == form.size
        protocol = mock.Mock(_reading_paused=False)
        stream = aiohttp.StreamReader(protocol, 2**16, loop=asyncio.get_running_loop())
        stream.feed_data(body)
        stream.feed_eof()
        reader = aiohttp.MultipartReader({"Content-Type": form.content_type}, stream)
        read: dict[str, Any] = {}
        while fields and (part := await reader.next()) is not None:
            assert isinstance(part, aiohttp.BodyPartReader)
            data = bytes(await part.read())
            read[str(part.name)] = data if part.filename else data.decode()
        assert read == {
            name: value if isinstance(value, bytes) else str(value)
            for name, value in fields.items()
        }

    asyncio.run(check())
