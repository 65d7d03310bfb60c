"""Attachments of a question: images, documents, recordings and text, by their media types."""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cyclopts import CycloptsError

import mistral_funcs
from mistral_core import Err, Failure, File, MistralCore, Ok, Result
from mistral_core.request.media_types import OCTETS, media_type
from mistral_core.runtime.blocking import call_blocking
from mistral_core.structuring.converter import converter
from mistral_funcs.cli.json_arguments import decode
from mistral_funcs.cli.render.progress_bar import progress_bar
from mistral_funcs.toolkit.file_signatures import type_by_content

EXPIRY = 24
"""Hours until an uploaded attachment is deleted."""

TEXTS = ("text/", "application/json", OCTETS)
"""Prefixes of media types whose files may be text. Source code and logs have no specific type."""

Chunk = dict[str, Any]


async def attach(
    client: MistralCore, arguments: dict[str, Any], field: str, attachments: Sequence[Chunk | Path]
) -> Err[Failure] | None:
    """Add attachments to the last message, and return the error, if any. Upload large files.

    Args:
        client: The client to upload with.
        arguments: The arguments of the operation.
        field: The argument with the messages.
        attachments: The attachments.

    Raises:
        CycloptsError: The operation does not accept this kind of attachment.
    """
    *earlier, message = arguments[field]
    parts: list[Chunk] = [{"type": "text", "text": message["content"]}]
    parts = [part for part in parts if part["text"]]
    for each in attachments:
        chunk = await _chunk(client, each) if isinstance(each, Path) else Ok(each)
        if isinstance(chunk, Ok) and chunk.value["type"] == "file" and field == "inputs":
            chunk = await _by_url(client, chunk.value["file_id"])
        if isinstance(chunk, Err):
            return chunk
        parts.append(chunk.value)
    if field == "input":
        parts = [_for_responses(part) for part in parts]
    arguments[field] = [*earlier, {**message, "content": parts}]
    return None


async def _chunk(client: MistralCore, path: Path) -> Result[Chunk, Failure]:
    """Return the chunk for a local file."""
    with path.open("rb") as file:
        head = await call_blocking(file.read, 4096)
    kind = type_by_content(head) or media_type(path.name)
    if kind.startswith("audio/"):
        data = await call_blocking(path.read_bytes)
        return Ok({"type": "input_audio", "input_audio": b64encode(data).decode()})
    if kind.startswith(TEXTS):
        try:
            text = decode(await call_blocking(path.read_bytes))
        except ValueError:
            pass  # Not text: the error of `document_of` explains it.
        else:
            return Ok({"type": "text", "text": f"{path.name}:\n\n{text}"})
    with progress_bar(path.name) as progress:
        named = File(path, progress=progress)
        result = await mistral_funcs.document_of(client, named, expiry=EXPIRY)
    return result.map(converter.unstructure)


async def _by_url(client: MistralCore, file_id: str) -> Result[Chunk, Failure]:
    """Return the chunk for an uploaded file by its URL, for operations that accept no file IDs."""
    signed = await mistral_funcs.files_get_signed_url(client, file_id)
    return signed.map(lambda each: {"type": "document_url", "document_url": each.url})


def _for_responses(chunk: Chunk) -> Chunk:
    """Convert a chunk to the format of the Responses API.

    Raises:
        CycloptsError: The Responses API has no equivalent.
    """
    match chunk:
        case {"type": "text", "text": text}:
            return {"type": "input_text", "text": text}
        case {"type": "image_url", "image_url": url}:
            return {"type": "input_image", "detail": "auto", "image_url": url}
        case {"type": "document_url", "document_url": str(url)}:
            name = chunk.get("document_name")
            field = "file_data" if url.startswith("data:") else "file_url"
            return {"type": "input_file", field: url, **({"filename": name} if name else {})}
        case {"type": "file", "file_id": file_id}:
            return {"type": "input_file", "file_id": file_id}
        case _:
            raise CycloptsError(
                msg="The Responses API accepts no recordings. Use `mistral-funcs chat complete`.",
                command_chain=("responses",),
            )
