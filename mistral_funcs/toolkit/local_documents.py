"""Local documents and images as chunks for requests."""

import os
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any, TypeAlias, cast

import attrs

from mistral_core import (
    Err,
    Failure,
    File,
    FileContent,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    Result,
)
from mistral_core.request.media_types import OCTETS, media_type
from mistral_core.request.sources import find_source
from mistral_core.request.uploads import Source, as_file
from mistral_core.runtime.blocking import call_blocking
from mistral_core.runtime.deadline import current_task
from mistral_funcs.files.get_signed_url import files_get_signed_url
from mistral_funcs.files.upload import files_upload
from mistral_funcs.schemas.shared.chunks import DocumentURLChunk, FileChunk, ImageURLChunk
from mistral_funcs.toolkit.file_signatures import type_by_content

__all__ = ["LocalDocument", "document_of"]

LocalDocument: TypeAlias = DocumentURLChunk | ImageURLChunk | FileChunk
"""A chunk for the `document` of `ocr_process`, and for messages."""

MAX_INLINE = 4 * 2**20
"""The largest file that is sent within a request by default, in bytes: 4 MiB."""


async def document_of(
    client: MistralCore,
    file: File | FileContent,
    *,
    max_inline: int = MAX_INLINE,
    expiry: int | None = None,
    options: RequestOptions | None = None,
) -> Result[LocalDocument, Failure]:
    """Return a chunk for a local file: the `document` of `ocr_process`, or a part of a message.

    | file | chunk |
    |---|---|
    | an image up to `max_inline` | `ImageURLChunk` with a data URL; nothing is sent yet |
    | another file up to `max_inline` | `DocumentURLChunk` with a data URL; nothing is sent yet |
    | a larger image | `ImageURLChunk` with a temporary URL of the uploaded file, valid for 24 h |
    | another larger file | `FileChunk` of the uploaded file |

    The media type is that of `File.content_type`, of the first bytes for PDF and common images,
    or of the file name.

    Args:
        client: The client to upload with.
        file: Bytes, a path, an open binary file, or an async iterable of bytes. Use `File` to set
            the name and content type, which bytes do not have.
        max_inline: Size in bytes above which a file is uploaded. Defaults to 4 MiB: a data URL
            takes several times the size of its file in memory. 0 uploads every file.
        expiry: Hours until an uploaded file is deleted. By default it is kept.
        options: Overrides for the upload: headers, timeout, retries, server URL.

    Returns:
        The chunk. `InvalidRequestError` if the file is empty, has an unknown type or cannot be
        read.
    """
    named = as_file(file)
    try:
        current_task()
        source = await find_source(named.content, "file")
        head, ended, rest = await _read_head(source, max_inline)
        name = named.file_name or source.name
        kind = _media_type(named.content_type, head, name)
    except InvalidRequestError as error:
        return Err(error.with_traceback(None))
    except Exception as error:  # noqa: BLE001
        failure = InvalidRequestError(f"`file` cannot be read: {error!r}", "file")
        failure.__cause__ = error
        return Err(failure)
    is_image = kind.startswith("image/")
    if ended:
        url = f"data:{kind};base64,{b64encode(head).decode()}"
        if is_image:
            return Ok(ImageURLChunk(image_url=url))
        return Ok(DocumentURLChunk(document_url=url, document_name=name))
    content = await _upload_content(named.content, source, head, rest)
    upload = attrs.evolve(named, content=content, file_name=name, content_type=kind)
    return await _upload(client, upload, expiry, options, is_image=is_image)


async def _upload(
    client: MistralCore,
    file: File,
    expiry: int | None,
    options: RequestOptions | None,
    *,
    is_image: bool,
) -> Result[LocalDocument, Failure]:
    """Upload a file, and return its chunk."""
    uploaded = await files_upload(client, file=file, purpose="ocr", expiry=expiry, options=options)
    if isinstance(uploaded, Err):
        return uploaded
    if not is_image:
        return Ok(FileChunk(file_id=uploaded.value.id), call=uploaded.call)
    signed = await files_get_signed_url(client, uploaded.value.id, options=options)
    if isinstance(signed, Err):
        return signed
    return Ok(ImageURLChunk(image_url=signed.value.url), call=signed.call)


async def _read_head(source: Source, limit: int) -> tuple[bytes, bool, AsyncIterator[bytes] | None]:
    """Return the first bytes, whether they are the complete file, and a reader of the rest.

    A file of known size above the limit is read no further than its first chunk.

    Raises:
        InvalidRequestError: The file is empty, changes, or yields something else than bytes.
    """
    head = bytearray()
    known_large = source.size is not None and source.size > limit
    chunks = source.read()
    async for chunk in chunks:
        untyped: Any = chunk
        if not isinstance(untyped, bytes | bytearray | memoryview):
            kind = type(untyped).__name__
            raise InvalidRequestError(f"`file` yielded {kind} instead of bytes", "file")
        head += untyped
        if known_large or len(head) > limit:
            return bytes(head), False, chunks
    if not head:
        raise InvalidRequestError("`file` is empty or has already been read", "file")
    if source.size not in (None, len(head)):
        raise InvalidRequestError("`file` changed while it was being read", "file")
    return bytes(head), True, None


async def _upload_content(
    content: FileContent, source: Source, head: bytes, rest: AsyncIterator[bytes] | None
) -> FileContent:
    """Return the content to upload, of which the first bytes have been read."""
    untyped: Any = content
    if not source.replayable:
        return _joined(head, cast("AsyncIterator[bytes]", rest))
    close = getattr(rest, "aclose", None)
    if close is not None:
        await close()
    if hasattr(untyped, "seek"):
        await call_blocking(untyped.seek, -len(head), os.SEEK_CUR)
    return content


async def _joined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for chunk in rest:
        yield chunk


def _media_type(content_type: str | None, head: bytes, name: str | None) -> str:
    """Return the media type of a file.

    Raises:
        InvalidRequestError: It is unknown.
    """
    kind = content_type and content_type.partition(";")[0].strip().lower()
    kind = kind or type_by_content(head) or media_type(name or "")
    if kind == OCTETS:
        raise InvalidRequestError(
            "The type of `file` is unknown. Pass a `File` with a `file_name` such as "
            "'report.docx', or with a `content_type`.",
            "file",
        )
    return kind
