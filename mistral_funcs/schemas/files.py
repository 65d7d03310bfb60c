"""The schemas of the files API.

Only ids are required: what older and self-hosted servers leave out fails no call.
"""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, UnixTime, Unknown

FilePurpose: TypeAlias = Literal["fine-tune", "batch", "ocr", "agentic_safety"] | str
"""What a file is for. An open set."""

FileVisibility: TypeAlias = Literal["workspace", "user"] | str
"""Who sees a file. An open set."""

SampleType: TypeAlias = (
    Literal["pretrain", "instruct", "batch_request", "batch_result", "batch_error"] | str
)
"""What the lines of a file are. An open set."""

Source: TypeAlias = Literal["upload", "repository", "mistral"] | str
"""Where a file comes from. An open set."""


@final
@attrs.frozen(kw_only=True)
class FileSchema(Schema):
    """Describe a file.

    Attributes:
        id: The id, by which calls name it.
        object: `"file"`.
        bytes: Its size.
        created_at: When it came to be, in seconds since 1970.
        filename: Its name.
        purpose: What it is for.
        sample_type: What its lines are.
        num_lines: How many lines it has.
        mimetype: Its media type.
        source: Where it comes from.
        signature: What tells its content from any other.
        expires_at: When it goes, in seconds since 1970.
        visibility: Who sees it.
    """

    id: str
    object: str | None = None
    bytes: int | None = None
    created_at: UnixTime | None = None
    filename: str | None = None
    purpose: FilePurpose | None = None
    sample_type: SampleType | None = None
    num_lines: int | None = None
    mimetype: str | None = None
    source: Source | None = None
    signature: str | None = None
    expires_at: UnixTime | None = None
    visibility: FileVisibility | None = None


@final
@attrs.frozen(kw_only=True)
class CreateFileResponse(Schema):
    """Describe a file that was uploaded.

    Attributes:
        id: The id, by which calls name it.
        object: `"file"`.
        bytes: Its size.
        created_at: When it was uploaded, in seconds since 1970.
        filename: Its name.
        purpose: What it is for.
        sample_type: What its lines are.
        num_lines: How many lines it has.
        mimetype: Its media type.
        source: Where it comes from.
        signature: What tells its content from any other.
        expires_at: When it goes, in seconds since 1970.
        visibility: Who sees it.
    """

    id: str
    object: str | None = None
    bytes: int | None = None
    created_at: UnixTime | None = None
    filename: str | None = None
    purpose: FilePurpose | None = None
    sample_type: SampleType | None = None
    num_lines: int | None = None
    mimetype: str | None = None
    source: Source | None = None
    signature: str | None = None
    expires_at: UnixTime | None = None
    visibility: FileVisibility | None = None


@final
@attrs.frozen(kw_only=True)
class GetFileResponse(Schema):
    """Describe a file, and say whether it is still there.

    Attributes:
        id: The id, by which calls name it.
        object: `"file"`.
        bytes: Its size.
        created_at: When it came to be, in seconds since 1970.
        filename: Its name.
        purpose: What it is for.
        sample_type: What its lines are.
        num_lines: How many lines it has.
        mimetype: Its media type.
        source: Where it comes from.
        signature: What tells its content from any other.
        expires_at: When it goes, in seconds since 1970.
        visibility: Who sees it.
        deleted: Whether it is deleted.
    """

    id: str
    object: str | None = None
    bytes: int | None = None
    created_at: UnixTime | None = None
    filename: str | None = None
    purpose: FilePurpose | None = None
    sample_type: SampleType | None = None
    num_lines: int | None = None
    mimetype: str | None = None
    source: Source | None = None
    signature: str | None = None
    expires_at: UnixTime | None = None
    visibility: FileVisibility | None = None
    deleted: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ListFilesResponse(Schema):
    """List files, one page of them.

    Attributes:
        data: The files.
        object: `"list"`.
        total: How many there are on all pages.
    """

    data: list[FileSchema | Unknown] = attrs.field(factory=list[FileSchema | Unknown])
    object: str | None = None
    total: int | None = None


@final
@attrs.frozen(kw_only=True)
class DeleteFileResponse(Schema):
    """Confirm that a file was deleted.

    Attributes:
        id: The id of the file.
        object: `"file"`.
        deleted: Whether it is deleted.
    """

    id: str
    object: str | None = None
    deleted: bool | None = None


@final
@attrs.frozen(kw_only=True)
class GetSignedUrlResponse(Schema):
    """Hold a URL by which a file can be had without a key.

    Attributes:
        url: The URL. Who knows it can read the file, so it is not in the repr.
    """

    url: str = attrs.field(repr=False)
