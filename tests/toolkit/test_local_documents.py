"""Local documents for OCR and messages, and OCR responses as files."""

from base64 import b64decode, b64encode
from collections.abc import AsyncGenerator, AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mistral_core import Err, File, InvalidRequestError, MistralCore, Ok
from mistral_funcs import (
    chat_complete,
    document_of,
    files_download,
    files_get_signed_url,
    files_list,
    ocr_process,
    save_ocr,
)
from mistral_funcs.files.upload import files_upload
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    DocumentURLChunk,
    FileChunk,
    FileSchema,
    ImageURLChunk,
    OCRImageObject,
    OCRPageObject,
    OCRResponse,
    OCRTableObject,
)

PDF = b"%PDF-1.7 " + b"x" * 90
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 90
WEBP = b"RIFF1234WEBP" + b"x" * 90
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a new server for each test."""
    return Sandbox()


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncGenerator[MistralCore, None]:
    """Yield a client of the sandbox."""
    async with MistralCore(transport=sandbox) as client:
        yield client


def names_in(folder: Path) -> list[str]:
    """Return all names below a folder."""
    return sorted(each.name for each in folder.rglob("*"))


async def in_chunks(*chunks: Any) -> AsyncIterator[Any]:
    """Yield chunks, like a streamed response."""
    for chunk in chunks:
        yield chunk


async def failing() -> AsyncIterator[bytes]:
    """Raise an error before the first chunk."""
    raise ValueError("broken")
    yield b""


@pytest.mark.parametrize(
    ("file", "kind", "is_image"),
    [
        (PDF, "application/pdf", False),
        (PNG, "image/png", True),
        (WEBP, "image/webp", True),
        (BytesIO(PDF), "application/pdf", False),
        (in_chunks(PNG[:9], PNG[9:]), "image/png", True),
        (File(PNG, file_name="photo.jpg"), "image/png", True),
        (File(b"PK", file_name="a.docx"), DOCX, False),
        (File(b"x", content_type="Text/Plain; charset=utf-8"), "text/plain", False),
    ],
)
async def test_small_files_are_data_urls(
    client: MistralCore, sandbox: Sandbox, file: Any, kind: str, *, is_image: bool
) -> None:
    """With the media type of the content, without line breaks and without a request."""
    chunk = (await document_of(client, file)).unwrap()
    if is_image:
        assert isinstance(chunk, ImageURLChunk)
        url: Any = chunk.image_url
    else:
        assert isinstance(chunk, DocumentURLChunk)
        url = chunk.document_url
    prefix, _, encoded = url.partition(",")
    assert prefix == f"data:{kind};base64"
    assert b64decode(encoded, validate=True)
    assert not sandbox.requests


@pytest.mark.parametrize(
    "source", ["bytes", "path", "open file", "iterable", "buffer", "replayable"]
)
@pytest.mark.parametrize("content", [PDF, PNG])
async def test_large_files_are_uploaded(
    client: MistralCore, sandbox: Sandbox, tmp_path: Path, source: str, content: bytes
) -> None:
    """From their first byte, for all sources. Images are still URLs."""
    path = tmp_path / "large.bin"
    path.write_bytes(content)
    with path.open("rb") as opened:
        files: dict[str, Any] = {
            "bytes": content,
            "path": path,
            "open file": opened,
            "iterable": in_chunks(content[:20], content[20:50], content[50:]),
            "buffer": BytesIO(content),
            "replayable": Replayable(content),
        }
        chunk = (await document_of(client, files[source], max_inline=30)).unwrap()
    upload, *others = sandbox.requests
    assert upload.url.endswith("/v1/files")
    (stored,) = (await files_list(client)).unwrap().data
    assert isinstance(stored, FileSchema)
    async with (await files_download(client, stored.id)).unwrap() as downloaded:
        assert b"".join([part.unwrap() async for part in downloaded]) == content
    assert isinstance(chunk, FileChunk if content == PDF else ImageURLChunk)
    assert len(others) == (content == PNG)


@pytest.mark.parametrize("failing_operation", [files_upload, files_get_signed_url])
async def test_failures_of_the_upload_are_returned(
    client: MistralCore, sandbox: Sandbox, failing_operation: Any
) -> None:
    """Of the upload and of the signed URL."""
    sandbox.fail(400, on=failing_operation)
    assert isinstance(await document_of(client, PNG, max_inline=0), Err)


class Replayable:
    """A replayable source whose iterators cannot be closed."""

    def __init__(self, content: bytes) -> None:
        """Store the content."""
        self.content = content

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Return an iterator over the content."""
        return Once(self.content)


class Once:
    """An iterator over a single chunk."""

    def __init__(self, content: bytes) -> None:
        """Store the chunk."""
        self.chunks = [content]

    def __aiter__(self) -> "Once":
        """Return the iterator itself."""
        return self

    async def __anext__(self) -> bytes:
        """Return the chunk, once."""
        if not self.chunks:
            raise StopAsyncIteration
        return self.chunks.pop()


class Shrinking(BytesIO):
    """A file that shrinks after its size was read."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return nothing after the first bytes."""
        return super().read(size)[:5]

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Seek from the end only to get the size."""
        return super().seek(0 if offset == 0 else len(PDF), whence)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "empty"),
        (in_chunks(), "empty"),
        (b"PK", "type of `file` is unknown"),
        (Path("missing.pdf"), "cannot be read"),
        (5, "must be bytes, a path"),
        (in_chunks("text"), "yielded str"),
        (failing(), "broken"),
        (Shrinking(PDF), "changed"),
    ],
)
async def test_invalid_source_is_an_error(client: MistralCore, file: Any, message: str) -> None:
    """Nothing is sent."""
    failed = await document_of(client, file)
    assert isinstance(failed, Err)
    assert isinstance(failed.error, InvalidRequestError)
    assert message in failed.error.message


async def test_a_file_is_processed_and_discussed(client: MistralCore, tmp_path: Path) -> None:
    """The same chunk fits OCR and a message. The response becomes files."""
    path = tmp_path / "my report.pdf"
    path.write_bytes(PDF)
    chunk = (await document_of(client, path)).unwrap()
    response = await ocr_process(client, model=None, document=chunk, include_image_base64=True)
    saved = (await save_ocr(response.unwrap(), tmp_path / "a" / "b", name=path.name)).unwrap()
    assert names_in(saved.parent) == [
        *(f"my report-{number}.png" for number in (1, 2, 3)),
        "my report.md",
    ]
    assert "![img-0.png](my%20report-1.png)" in saved.read_text()
    messages: Any = [{"role": "user", "content": [{"type": "text", "text": "Sum it up"}, chunk]}]
    reply = await chat_complete(client, model="mistral-large-latest", messages=messages)
    assert reply.unwrap().text


def response_of(*images: OCRImageObject, text: str = "![a](a)") -> OCRResponse:
    """Return a response with one page."""
    table = OCRTableObject(id="tbl-0.html", content="<table></table>")
    return OCRResponse(pages=[OCRPageObject(markdown=text, images=[*images], tables=[table])])


async def test_names_of_the_server_are_not_used_as_paths(tmp_path: Path) -> None:
    """Images get local names. Tables are inlined, and other links are kept."""
    escaping = OCRImageObject(id="../../a", image_base64=b64encode(PNG).decode())
    odd = OCRImageObject(id="b", image_base64="data:image/odd;base64,aGk=")
    text = "![x](../../a) [tbl-0.html](tbl-0.html) [c](https://a.example) ![d](d)"
    response = response_of(escaping, odd, OCRImageObject(id="d"), text=text)
    saved = (await save_ocr(response, tmp_path / "out", name="../x/..")).unwrap()
    names = names_in(saved.parent)
    assert names == [f"{saved.stem}-1.png", f"{saved.stem}-2.bin", saved.name]
    assert names_in(tmp_path) == sorted(["out", *names])
    links = f"![x]({saved.stem}-1.png) <table></table> [c](https://a.example) ![d](d)\n"
    assert saved.read_text() == links


async def test_a_failure_leaves_no_file(tmp_path: Path) -> None:
    """Neither with invalid base64, nor with a folder that is a file."""
    bad = await save_ocr(response_of(OCRImageObject(id="a", image_base64="?")), tmp_path / "out")
    assert isinstance(bad, Err)
    assert "not valid base64" in str(bad.error)
    (tmp_path / "file").write_text("")
    assert isinstance(await save_ocr(response_of(), tmp_path / "file"), Err)
    (tmp_path / "taken" / "document.md").mkdir(parents=True)
    assert isinstance(await save_ocr(response_of(), tmp_path / "taken"), Err)
    assert names_in(tmp_path) == ["document.md", "file", "taken"]


async def test_existing_files_are_kept_on_demand(tmp_path: Path) -> None:
    """All or none are replaced. By default they are, as by other functions that write files."""
    response = response_of(OCRImageObject(id="a", image_base64=b64encode(PNG).decode()))
    path = tmp_path / "a-1.png"
    path.write_bytes(b"mine")
    kept = await save_ocr(response, tmp_path, name="a", overwrite=False)
    assert isinstance(kept, Err)
    assert kept.error.message == f"Cannot write to `{tmp_path}`: `a-1.png` exists"
    assert (path.read_bytes(), names_in(tmp_path)) == (b"mine", ["a-1.png"])
    assert isinstance(await save_ocr(response, tmp_path, name="a"), Ok)
    assert (path.read_bytes(), names_in(tmp_path)) == (PNG, ["a-1.png", "a.md"])


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("\u00e9" * 300 + ".pdf", "\u00e9" * 100 + ".md"),
        (".hidden.pdf", "hidden.md"),
        ("../../a.b.pdf", "_.._a.b.md"),
        ("a\\..\\b.pdf", "a_.._b.md"),
        ("...", "document.md"),
    ],
)
async def test_any_name_becomes_a_file_name(tmp_path: Path, name: str, file_name: str) -> None:
    """Without path segments, and short enough for a number and a suffix."""
    saved = (await save_ocr(response_of(), tmp_path, name=name)).unwrap()
    assert saved == tmp_path / file_name
    assert saved.exists()
