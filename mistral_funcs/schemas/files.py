"""Schemas of the file operations.

Only IDs are required, because older and self-hosted servers omit other fields.
"""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, UnixTime, Unknown

FilePurpose: TypeAlias = Literal["fine-tune", "batch", "ocr", "agentic_safety"] | str
"""Purpose of a file. Other values are accepted."""

FileVisibility: TypeAlias = Literal["workspace", "user"] | str
"""Visibility of a file. Other values are accepted."""

SampleType: TypeAlias = (
    Literal["pretrain", "instruct", "batch_request", "batch_result", "batch_error"] | str
)
"""Kind of samples in a file. Other values are accepted."""

Source: TypeAlias = Literal["upload", "repository", "mistral"] | str
"""Source of a file. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class FileSchema(Schema):
    """The metadata of a file.

    Attributes:
        id: ID to pass to the API.
        object: `"file"`.
        bytes: Size in bytes.
        created_at: Time of creation, in seconds since the Unix epoch.
        filename: File name.
        purpose: Purpose of the file.
        sample_type: Kind of samples in the file.
        num_lines: Number of lines.
        mimetype: Media type.
        source: Source of the file.
        signature: Signature of the content.
        expires_at: Expiry time, in seconds since the Unix epoch.
        visibility: Who can see the file.
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
    """The metadata of an uploaded file.

    Attributes:
        id: ID to pass to the API.
        object: `"file"`.
        bytes: Size in bytes.
        created_at: Upload time, in seconds since the Unix epoch.
        filename: File name.
        purpose: Purpose of the file.
        sample_type: Kind of samples in the file.
        num_lines: Number of lines.
        mimetype: Media type.
        source: Source of the file.
        signature: Signature of the content.
        expires_at: Expiry time, in seconds since the Unix epoch.
        visibility: Who can see the file.
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
    """The metadata of a file, including whether it is deleted.

    Attributes:
        id: ID to pass to the API.
        object: `"file"`.
        bytes: Size in bytes.
        created_at: Time of creation, in seconds since the Unix epoch.
        filename: File name.
        purpose: Purpose of the file.
        sample_type: Kind of samples in the file.
        num_lines: Number of lines.
        mimetype: Media type.
        source: Source of the file.
        signature: Signature of the content.
        expires_at: Expiry time, in seconds since the Unix epoch.
        visibility: Who can see the file.
        deleted: Whether the file is deleted.
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
    """A page of files.

    Attributes:
        data: The files.
        object: `"list"`.
        total: Total number of files on all pages.
    """

    data: list[FileSchema | Unknown] = attrs.field(factory=list[FileSchema | Unknown])
    object: str | None = None
    total: int | None = None


@final
@attrs.frozen(kw_only=True)
class DeleteFileResponse(Schema):
    """Confirmation that a file was deleted.

    Attributes:
        id: ID of the file.
        object: `"file"`.
        deleted: Whether the file is deleted.
    """

    id: str
    object: str | None = None
    deleted: bool | None = None


@final
@attrs.frozen(kw_only=True)
class GetSignedUrlResponse(Schema):
    """A URL that gives access to a file without an API key.

    Attributes:
        url: The URL. It grants access to the file, so it is not part of the repr.
    """

    url: str = attrs.field(repr=False)
