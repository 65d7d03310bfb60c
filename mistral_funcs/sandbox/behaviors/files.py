"""The files of the sandbox, and how it answers for them."""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from mimetypes import MimeTypes

import attrs

from mistral_core import Headers, Response
from mistral_core.http.chunks import Chunks
from mistral_funcs.files.delete import files_delete
from mistral_funcs.files.download import files_download
from mistral_funcs.files.get_signed_url import files_get_signed_url
from mistral_funcs.files.list import files_list
from mistral_funcs.files.retrieve import files_retrieve
from mistral_funcs.files.upload import files_upload
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.forms import read_form
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import page_of, read_flag, read_number
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State, StoredFile, keep
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
PIECE = 2**16
EXPIRY = re.compile("[0-9]{1,9}")


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
    """Let the sandbox have a file, and return what it says of it.

    Args:
        state: Where the file goes.
        content: What is in it.
        filename: Its name; lines are counted where it ends in `.jsonl`.
        purpose: What it is for.
        sample_type: What its lines are; by default what they look like.
        mimetype: Its media type; by default that of its name.
        source: Where it comes from.
        visibility: Who sees it.
        expiry: After how many hours it goes. It stays for all that: no time passes here.
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
        mimetype=mimetype or ("application/jsonl" if has_lines else _mimetype(filename)),
        source=source,
        signature=sha256(content).hexdigest()[:16],
        expires_at=None if expiry is None else now + expiry * HOUR,
        visibility=visibility,
    )
    keep(state.files, about.id, StoredFile(about, content))
    return about


@responds_to(files_upload)
def upload_file(state: State, request: Incoming) -> CreateFileResponse:
    """Answer for `files_upload`."""
    form = read_form(request)
    if form.file is None:
        refuse_body("missing", ["body", "file"], "Field required", None)
    expiry = form.fields.get("expiry")
    if expiry is not None and not EXPIRY.fullmatch(expiry):
        refuse_body("int_parsing", ["body", "expiry"], "Input should be a valid integer", expiry)
    about = store_file(
        state,
        content=form.file,
        filename=form.file_name,
        purpose=form.fields.get("purpose", "fine-tune"),
        visibility=form.fields.get("visibility"),
        expiry=None if expiry is None else int(expiry),
    )
    return CreateFileResponse(**attrs.asdict(about, recurse=False))


@responds_to(files_download)
def download_file(state: State, request: Incoming) -> Response:
    """Answer for `files_download`."""
    content = find_file(state, request.path["file_id"]).content
    headers = [("content-type", "application/octet-stream"), ("content-length", str(len(content)))]
    pieces = (content[start : start + PIECE] for start in range(0, len(content), PIECE))
    return Response(200, Headers(headers), stream=Chunks(pieces))


@responds_to(files_list)
def list_files(state: State, request: Incoming) -> ListFilesResponse:
    """Answer for `files_list`, with its filters; the newest is the first."""
    search = request.query.get("search", "").lower()
    found = [
        stored.about
        for stored in reversed(state.files.values())
        if search in (stored.about.filename or "").lower()
        and request.query.get("purpose", stored.about.purpose) == stored.about.purpose
        and _is_among(request, "sample_type", stored.about.sample_type)
        and _is_among(request, "source", stored.about.source)
        and _is_among(request, "mimetypes", stored.about.mimetype)
    ]
    return ListFilesResponse(
        data=[*page_of(request, found)],
        object="list",
        total=len(found) if read_flag(request, "include_total", default=True) else None,
    )


@responds_to(files_retrieve)
def retrieve_file(state: State, request: Incoming) -> GetFileResponse:
    """Answer for `files_retrieve`."""
    about = find_file(state, request.path["file_id"]).about
    return GetFileResponse(**attrs.asdict(about, recurse=False), deleted=False)


@responds_to(files_delete)
def delete_file(state: State, request: Incoming) -> DeleteFileResponse:
    """Answer for `files_delete`."""
    file_id = find_file(state, request.path["file_id"]).about.id
    del state.files[file_id]
    return DeleteFileResponse(id=file_id, object="file", deleted=True)


@responds_to(files_get_signed_url)
def sign_url(state: State, request: Incoming) -> GetSignedUrlResponse:
    """Answer for `files_get_signed_url`, with a URL that leads nowhere."""
    about = find_file(state, request.path["file_id"]).about
    hours = read_number(request, "expiry", 24, least=1, most=168)
    ends = state.now + hours * HOUR
    url = f"https://files.sandbox.invalid/{about.purpose}/{about.id}"
    return GetSignedUrlResponse(url=f"{url}?se={ends}&sp=r&sig={about.signature}")


def find_file(state: State, file_id: str) -> StoredFile:
    """Return a file, or answer 404."""
    if file_id not in state.files:
        refuse(404, "No file matches the given query.", "not_found")
    return state.files[file_id]


def lines_of(content: bytes) -> Iterator[bytes]:
    """Yield the lines of a file that are not empty, without holding them all."""
    return filter(None, map(bytes.strip, BytesIO(content)))


def _is_among(request: Incoming, name: str, value: str | None) -> bool:
    return name not in request.query_lists or value in request.query_lists[name]


def _mimetype(filename: str) -> str:
    # Python's own table alone: the machine's would make the answer depend on the machine.
    return MimeTypes().guess_type(filename)[0] or "application/octet-stream"


def _sample_type(content: bytes, purpose: str) -> str:
    """Guess what the lines of a file are by what it is for, and by the first of them."""
    if purpose != "fine-tune":
        return {"batch": "batch_request", "ocr": "ocr_input"}.get(purpose, purpose)
    try:
        first = parse_json(next(lines_of(content), b""))
    except ValueError:
        return "instruct"
    return "pretrain" if isinstance(first, dict) and first.keys() == {"text"} else "instruct"
