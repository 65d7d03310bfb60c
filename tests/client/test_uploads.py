"""Uploads, over real HTTP: from any source, bit by bit, whole or not at all."""

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
from tests.client.file_server import FileServer, answers, digest, resets, serving_files

CONTENT = os.urandom(1_000_003)
AT_ONCE = RetryConfig(initial_interval=0.001)


@pytest.fixture
async def server() -> AsyncGenerator[FileServer, None]:
    """Serve files."""
    async with serving_files() as served:
        yield served


def client_of(server: FileServer) -> MistralCore:
    """Return a client of a server that tries again without much ado."""
    return MistralCore("key-of-the-test", server_url=server.url, retry_config=AT_ONCE, timeout=30)


async def slices() -> AsyncGenerator[bytes, None]:
    """Give the content bit by bit, once."""
    for start in range(0, len(CONTENT), 77_777):
        yield CONTENT[start : start + 77_777]


class Again:
    """Give the content bit by bit, as often as one likes."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Begin from the first byte."""
        return slices()


def spooled(_: Path) -> IO[bytes]:
    """Return the content as web frameworks hold what was uploaded to them."""
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
"""Sources that can be read again, each with the name and type that it has."""


@pytest.mark.parametrize("source", SOURCES)
async def test_each_source_arrives_through_two_503s_and_a_reset(
    source: str, server: FileServer, tmp_path: Path
) -> None:
    """Byte for byte, and once: it is read anew for each attempt."""
    make, name, content_type = SOURCES[source]
    content: Any = make(tmp_path)
    server.plan = [answers(503), answers(503, read=False), resets]
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


@pytest.mark.parametrize("behaviour", [answers(503), answers(429), resets])
@pytest.mark.parametrize("source", ["a generator", "a pipe"])
async def test_a_source_that_cannot_be_read_again_is_sent_once(
    source: str, behaviour: Any, server: FileServer
) -> None:
    """Its failure is one `Err`, and nothing half arrives."""
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
async def test_a_source_that_cannot_be_read_again_arrives(source: str, server: FileServer) -> None:
    """Where nothing goes wrong, in chunks, since nobody knows how much there will be."""
    content = slices() if source == "a generator" else pipe(b"x" * 50_000)
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=content), Ok)
    (upload,) = server.arrived
    assert upload.digest == digest(CONTENT if source == "a generator" else b"x" * 50_000)
    assert upload.length is None
    if not isinstance(content, AsyncGenerator):
        content.close()


async def test_a_source_that_was_not_begun_may_still_be_sent() -> None:
    """A connection that was never made has read nothing of it."""
    gone = "http://127.0.0.1:9"
    retries = RetryConfig(initial_interval=0.001, max_tries=3)
    async with MistralCore("key", server_url=gone, retry_config=retries) as client:
        result = await files_upload(client, file=slices())
        assert result.call.attempts == 3
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)


async def test_an_open_file_is_sent_from_where_it_stands(server: FileServer) -> None:
    """What was read of it before is not sent, the second time neither."""
    file = io.BytesIO(b"header" + CONTENT)
    file.seek(6)
    server.plan = [answers(503)]
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    assert server.arrived[0].digest == digest(CONTENT)


@pytest.mark.parametrize("size", [0, 1, 2**18 - 1, 2**18, 2**18 + 1])
async def test_a_file_of_any_size_arrives(size: int, server: FileServer) -> None:
    """Nothing is special about the edges of a chunk."""
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=CONTENT[:size]), Ok)
    assert server.arrived[0].digest == digest(CONTENT[:size])


@pytest.mark.parametrize(
    "name", ["naïve 日本語.jsonl", 'quo"te.txt', "semi;colon.txt", "back\\slash", "line\nbreak.txt"]
)
async def test_a_name_of_any_kind_arrives(name: str, server: FileServer) -> None:
    """As browsers write it; none of it becomes a header."""
    file = File(b"x", file_name=name, content_type="text/x-test")
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    (upload,) = server.arrived
    escaped = name.replace('"', "%22").replace("\n", "%0A")
    assert upload.name in (name, escaped, name.replace("\\", ""))
    assert upload.content_type == "text/x-test"


async def test_all_fields_of_the_form_are_sent(server: FileServer) -> None:
    """Before the file, so that a server knows of them when it comes."""
    async with client_of(server) as client:
        await files_upload(client, file=b"x", purpose="ocr", expiry=24, visibility="user")
    assert server.arrived[0].fields == [
        ("purpose", "ocr"),
        ("expiry", "24"),
        ("visibility", "user"),
    ]


@pytest.mark.parametrize("known", [True, False])
async def test_progress_is_told(server: FileServer, *, known: bool) -> None:
    """In bytes of the file; of how many, where that is known; from the first on for a retry."""
    told: list[tuple[int, int | None]] = []

    def progress(sent: int, of: int | None) -> None:
        told.append((sent, of))

    file = File(CONTENT if known else Again(), progress=progress)
    server.plan = [answers(503)]
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=file), Ok)
    total = len(CONTENT) if known else None
    (again,) = (number for number in range(1, len(told)) if told[number][0] < told[number - 1][0])
    for attempt in (told[:again], told[again:]):
        assert [sent for sent, _ in attempt] == sorted(sent for sent, _ in attempt)
        assert attempt[-1] == (len(CONTENT), total)
        assert {of for _, of in attempt} == {total}


async def test_progress_may_be_a_coroutine_function_and_may_fail(
    server: FileServer, caplog: pytest.LogCaptureFixture
) -> None:
    """What it raises is logged, and the file arrives."""
    told: list[int] = []

    async def progress(sent: int, _: int | None) -> None:
        told.append(sent)
        raise RuntimeError("no screen")

    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=File(b"xyz", progress=progress)), Ok)
    assert told == [3]
    assert "no screen" in caplog.text


# ------------------------------------------------------------------------------ what cannot be sent


async def failing() -> AsyncIterator[bytes]:
    """Give some bytes, and fail."""
    yield b"x" * 100_000
    raise RuntimeError("the disk is gone")


async def texts() -> AsyncIterator[Any]:
    """Give text, which is no bytes."""
    yield "text"


class AsyncFile:
    """A file whose `read` is a coroutine function."""

    async def read(self, _: int = -1) -> bytes:
        """Read."""
        return b"x"


class Unreadable(io.RawIOBase):
    """A file on a disk that fails."""

    def seekable(self) -> bool:
        """Say that it can be read again."""
        return True

    def seek(self, _: int, __: int = 0) -> int:
        """Go somewhere."""
        return 100

    def tell(self) -> int:
        """Say where it stands."""
        return 0

    def read(self, _: int = -1) -> bytes:
        """Fail."""
        raise OSError(5, "Input/output error")


def opened_as_text(folder: Path) -> Any:
    """Return a file that was opened the wrong way."""
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
    "a name that is none": (lambda _: File(b"x", file_name=7), "`file_name`"),  # type: ignore[arg-type]
    "a type that is none": (lambda _: File(b"x", content_type="a\r\nb"), "`content_type`"),
}


@pytest.mark.filterwarnings("ignore:coroutine 'AsyncFile.read' was never awaited")
@pytest.mark.parametrize("what", WRONG)
async def test_what_cannot_be_read_is_told_and_not_tried_again(
    what: str, server: FileServer, tmp_path: Path
) -> None:
    """As an `InvalidRequestError`; nothing arrives, half of it neither."""
    make, says = WRONG[what]
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
    """Give the content without a generator, as often as one likes."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Begin from the first byte."""
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
    """What has no `aclose` is not closed."""
    async with client_of(server) as client:
        assert isinstance(await files_upload(client, file=ByHand()), Ok)
    assert server.arrived[0].size == 2


@pytest.mark.parametrize("change", [-600_000, +1000])
async def test_an_open_file_that_changes_while_it_is_sent_does_not_arrive(
    change: int, server: FileServer
) -> None:
    """Neither cut off nor with a tail."""
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


async def test_a_field_that_is_not_unicode_is_told(server: FileServer) -> None:
    """And nothing is sent."""
    async with client_of(server) as client:
        result = await files_upload(client, file=b"x", purpose="\ud800")
    assert isinstance(result, Err)
    assert "not valid Unicode" in result.error.message
    assert server.requests == 0


@pytest.mark.parametrize("change", [-1000, +1000])
async def test_a_file_that_changes_while_it_is_sent_does_not_arrive(
    change: int, server: FileServer, tmp_path: Path
) -> None:
    """Neither cut off nor with a tail: the length was promised before."""
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
def test_any_form_is_read_as_it_was_meant(fields: dict[str, Any]) -> None:
    """By another implementation of the format; and the size is the one that was told."""

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
