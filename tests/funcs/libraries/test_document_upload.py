"""Uploads of documents take the same sources as `files_upload`, and are not retried blindly."""

from collections.abc import AsyncIterator, Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mistral_core import APIConnectionError, Err, File, InvalidRequestError, MistralCore, Ok
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import beta_libraries_create, beta_libraries_documents_upload
from mistral_funcs.sandbox import Sandbox

TEXT = b"The sea is blue."


async def chunks() -> AsyncIterator[bytes]:
    """Yield the text in two chunks."""
    yield TEXT[:5]
    yield TEXT[5:]


def a_path(folder: Path) -> Path:
    """Return the path of a file with the text."""
    path = folder / "sea.txt"
    path.write_bytes(TEXT)
    return path


SOURCES: dict[str, Callable[[Path], Any]] = {
    "bytes": lambda _: TEXT,
    "path": a_path,
    "string": lambda folder: str(a_path(folder)),
    "open file": lambda folder: a_path(folder).open("rb"),
    "BytesIO": lambda _: BytesIO(TEXT),
    "chunks": lambda _: chunks(),
    "File": lambda folder: File(a_path(folder), file_name="named.txt"),
}


@pytest.mark.parametrize("source", SOURCES)
async def test_a_document_comes_from_anywhere(source: str, tmp_path: Path) -> None:
    """From memory, disk or a stream. A file provides its name."""
    sandbox = Sandbox()
    async with sandbox.serve() as url, MistralCore(sandbox.api_key, server_url=url) as client:
        library = (await beta_libraries_create(client, name="docs")).unwrap()
        file = SOURCES[source](tmp_path)
        document = (await beta_libraries_documents_upload(client, library.id, file=file)).unwrap()
        if hasattr(file, "close"):
            file.close()
    stored = sandbox.state.libraries[library.id].documents[document.id]
    assert stored.content == TEXT
    names = {"path": "sea.txt", "string": "sea.txt", "open file": "sea.txt", "File": "named.txt"}
    assert document.name == names.get(source, document.name)


async def test_the_progress_of_an_upload_is_reported() -> None:
    """In bytes, up to the size of the file."""
    seen: list[tuple[int, int | None]] = []
    client = MistralCore(transport=Sandbox())
    library = (await beta_libraries_create(client, name="docs")).unwrap()
    file = File(TEXT, progress=lambda sent, total: seen.append((sent, total)))
    assert isinstance(await beta_libraries_documents_upload(client, library.id, file=file), Ok)
    assert seen[-1] == (len(TEXT), len(TEXT))


async def test_a_file_that_cannot_be_read_is_an_error() -> None:
    """Nothing is sent."""
    client = MistralCore(transport=Sandbox())
    result = await beta_libraries_documents_upload(client, "l", file="nothing.txt")
    assert isinstance(result, Err)
    assert isinstance(result.error, InvalidRequestError)


async def test_an_upload_whose_response_was_lost_is_not_repeated() -> None:
    """Every search would find the document twice."""
    transport = ScriptedTransport(APIConnectionError("lost"), json_response({"id": "d"}))
    client = MistralCore(transport=transport)
    result = await beta_libraries_documents_upload(client, "l", file=TEXT)
    assert isinstance(result, Err)
    assert result.call.attempts == 1
