"""Files: uploaded, listed, downloaded and deleted."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from mimetypes import MimeTypes
from typing import Any

import attrs

from mistral_core import Headers, Response
from mistral_core.http.chunks import Chunks
from mistral_funcs.files.delete import files_delete
from mistral_funcs.files.download import files_download
from mistral_funcs.files.get_signed_url import files_get_signed_url
from mistral_funcs.files.list import files_list
from mistral_funcs.files.retrieve import files_retrieve
from mistral_funcs.files.upload import files_upload
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.forms import Form
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored import StoredFile
from mistral_funcs.sandbox.strict_json import parse_json
from mistral_funcs.schemas.files import (
    CreateFileResponse,
    DeleteFileResponse,
    FilePurpose,
    FileSchema,
    FileVisibility,
    GetFileResponse,
    GetSignedUrlResponse,
    ListFilesResponse,
    SampleType,
    Source,
)

HOUR = 3600
CHUNK = 2**16
LONGEST_EXPIRY = 10**9
"""Maximum expiry in hours."""

LONGEST_SIGNATURE = 168
"""Maximum lifetime of a signed URL in hours."""


def store_file(
    state: State,
    *,
    content: bytes,
    filename: str,
    purpose: FilePurpose = "fine-tune",
    sample_type: SampleType | None = None,
    mimetype: str | None = None,
    source: Source = "upload",
    visibility: FileVisibility | None = None,
    expiry: int | None = None,
) -> FileSchema:
    """Store a file and return its metadata.

    Args:
        state: The state of the sandbox.
        content: The content.
        filename: The name. Lines are counted if it ends in `.jsonl`.
        purpose: The purpose.
        sample_type: The type of its lines. Defaults to a guess from the first line.
        mimetype: The media type. Defaults to the type for the name.
        source: The origin.
        visibility: Who can see it.
        expiry: Hours until it expires. The sandbox reports the time but keeps the file.
    """
    now = state.tick()
    has_lines = filename.endswith(".jsonl")
    about = FileSchema(
        id=state.new_id(),
        object="file",
        bytes=len(content),
        created_at=now,
        filename=filename,
        purpose=purpose,
        sample_type=sample_type or _sample_type(content, purpose),
        num_lines=sum(1 for _ in lines_of(content)) if has_lines else None,
        mimetype=mimetype or ("application/jsonl" if has_lines else mimetype_of(filename)),
        source=source,
        signature=sha256(content).hexdigest()[:16],
        expires_at=None if expiry is None else now + expiry * HOUR,
        visibility=visibility,
    )
    keep(state.files, about.id, StoredFile(about, content))
    return about


@responds_to(files_upload)
def upload_file(
    state: State,
    file: Form,
    purpose: str = "fine-tune",
    visibility: str | None = None,
    expiry: int | None = None,
) -> CreateFileResponse:
    """Store a file."""
    if expiry is not None and not 0 <= expiry < LONGEST_EXPIRY:
        invalid("expiry", "Input should be a valid number of hours", expiry)
    about = store_file(
        state,
        content=file.file or b"",
        filename=file.file_name,
        purpose=purpose,
        visibility=visibility,
        expiry=expiry,
    )
    return CreateFileResponse(**attrs.asdict(about, recurse=False))


@responds_to(files_download)
def download_file(state: State, file_id: str) -> Response:
    """Return the content of a file."""
    content = find_file(state, file_id).content
    headers = [("content-type", "application/octet-stream"), ("content-length", str(len(content)))]
    chunks = (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
    return Response(200, Headers(headers), stream=Chunks(chunks))


@responds_to(files_list)
def list_files(
    state: State,
    arguments: Mapping[str, Any],
    search: str = "",
    *,
    include_total: bool = True,
) -> ListFilesResponse:
    """List the files that match all filters, newest first."""
    matching = [
        stored.about
        for stored in reversed(state.files.values())
        if search.lower() in (stored.about.filename or "").lower()
        and arguments.get("purpose") in (None, stored.about.purpose)
        and _is_among(arguments, "sample_type", stored.about.sample_type)
        and _is_among(arguments, "source", stored.about.source)
        and _is_among(arguments, "mimetypes", stored.about.mimetype)
    ]
    page, _ = page_of(matching, arguments)
    total = len(matching) if include_total else None
    return ListFilesResponse(data=[*page], object="list", total=total)


@responds_to(files_retrieve)
def retrieve_file(state: State, file_id: str) -> GetFileResponse:
    """Return the metadata of a file."""
    about = find_file(state, file_id).about
    return GetFileResponse(**attrs.asdict(about, recurse=False), deleted=False)


@responds_to(files_delete)
def delete_file(state: State, file_id: str) -> DeleteFileResponse:
    """Delete a file."""
    find_file(state, file_id)
    del state.files[file_id]
    return DeleteFileResponse(id=file_id, object="file", deleted=True)


@responds_to(files_get_signed_url)
def sign_url(state: State, file_id: str, expiry: int = 24) -> GetSignedUrlResponse:
    """Return a URL at which nothing is served."""
    about = find_file(state, file_id).about
    if not 1 <= expiry <= LONGEST_SIGNATURE:
        message = f"Input should be from 1 to {LONGEST_SIGNATURE}"
        invalid("expiry", message, expiry, place="query")
    url = f"https://files.sandbox.invalid/{about.purpose}/{about.id}"
    ends = state.now + expiry * HOUR
    return GetSignedUrlResponse(url=f"{url}?se={ends}&sp=r&sig={about.signature}")


def find_file(state: State, file_id: str) -> StoredFile:
    """Return a file, or respond with 404."""
    if file_id not in state.files:
        refuse(404, "No file matches the given query.", "not_found")
    return state.files[file_id]


def lines_of(content: bytes) -> Iterator[bytes]:
    """Yield the non-empty lines of a file one at a time."""
    return filter(None, map(bytes.strip, BytesIO(content)))


def _is_among(arguments: Mapping[str, Any], name: str, value: str | None) -> bool:
    return arguments.get(name) is None or value in arguments[name]


def mimetype_of(filename: str) -> str:
    """Return the media type for a file name."""
    # Use only Python's own table, so that responses do not depend on the machine.
    return MimeTypes().guess_type(filename)[0] or "application/octet-stream"


def _sample_type(content: bytes, purpose: str) -> str:
    """Guess the sample type of a file from its purpose and its first line."""
    if purpose != "fine-tune":
        return {"batch": "batch_request", "ocr": "ocr_input"}.get(purpose, purpose)
    try:
        first = parse_json(next(lines_of(content), b""))
    except ValueError:
        return "instruct"
    return "pretrain" if isinstance(first, dict) and first.keys() == {"text"} else "instruct"
