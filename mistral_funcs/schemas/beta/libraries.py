"""Libraries, their documents and who has access to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

EntityType: TypeAlias = Literal["User", "Workspace"] | str
"""Kind of entity that owns a library or has access to it. Other values are accepted."""


ProcessStatus: TypeAlias = (
    Literal[
        "self_managed",
        "missing_content",
        "noop",
        "done",
        "todo",
        "in_progress",
        "error",
        "waiting_for_capacity",
    ]
    | str
)
"""Progress of the processing of a document. Other values are accepted."""


DocumentAttribute: TypeAlias = (
    bool
    | str
    | int
    | float
    | datetime
    | Sequence[str]
    | Sequence[int]
    | Sequence[float]
    | Sequence[bool]
)
"""The value of an attribute of a document."""


@final
@attrs.frozen(kw_only=True)
class PaginationInfo(Schema):
    """Position of a page.

    Attributes:
        total_items: Number of items on all pages.
        total_pages: Number of pages.
        current_page: Page number, from 0.
        page_size: Maximum number of items per page.
        has_more: Whether there are more pages.
    """

    total_items: int | None = None
    total_pages: int | None = None
    current_page: int | None = None
    page_size: int | None = None
    has_more: bool | None = None


@final
@attrs.frozen(kw_only=True)
class Library(Schema):
    """A library of documents.

    Attributes:
        id: ID of the library.
        name: Name of the library.
        created_at: When it was created.
        updated_at: When it was last updated.
        owner_id: ID of the owner.
        owner_type: Kind of owner.
        total_size: Total size of the documents, in bytes.
        nb_documents: Number of documents.
        chunk_size: Number of characters per chunk of text.
        emoji: Emoji of the library.
        description: Description of the library.
        generated_description: Description that the API generated.
        explicit_user_members_count: Number of users with whom it is shared.
        explicit_workspace_members_count: Number of workspaces with which it is shared.
        org_sharing_role: Role of everyone in the organization.
        generated_name: Name that the API generated.
    """

    id: str
    name: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    owner_id: str | None = None
    owner_type: str | None = None
    total_size: int | None = None
    nb_documents: int | None = None
    chunk_size: int | None = None
    emoji: str | None = None
    description: str | None = None
    generated_description: str | None = None
    explicit_user_members_count: int | None = None
    explicit_workspace_members_count: int | None = None
    org_sharing_role: str | None = None
    generated_name: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListLibrariesResponse(Schema):
    """A page of libraries.

    Attributes:
        data: Libraries on this page.
        pagination: Position of the page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    data: list[Library | Unknown] = attrs.field(factory=list[Library | Unknown])
    pagination: PaginationInfo | None = None
    next_page_token: str | None = None


@final
@attrs.frozen(kw_only=True)
class Document(Schema):
    """A document of a library.

    Attributes:
        id: ID of the document.
        library_id: ID of the library.
        hash: Hash of the content.
        mime_type: Media type.
        extension: Extension of the file name.
        size: Size in bytes.
        name: Name of the document.
        created_at: When it was created.
        process_status: Progress of the processing. Searches find the document once it is `"done"`.
        uploaded_by_id: ID of the uploader.
        uploaded_by_type: Kind of uploader.
        processing_status: Progress of the processing, with the names of older servers.
        tokens_processing_total: Total number of tokens processed.
        summary: Summary of the content.
        last_processed_at: When it was last processed.
        number_of_pages: Number of pages.
        tokens_processing_main_content: Number of tokens processed for the content.
        tokens_processing_summary: Number of tokens processed for the summary.
        url: URL of the document.
        attributes: Your own attributes.
        expires_at: When it is deleted. `None` if it is kept.
    """

    id: str
    library_id: str | None = None
    hash: str | None = None
    mime_type: str | None = None
    extension: str | None = None
    size: int | None = None
    name: str | None = None
    created_at: datetime | None = None
    process_status: ProcessStatus | None = None
    uploaded_by_id: str | None = None
    uploaded_by_type: str | None = None
    processing_status: str | None = None
    tokens_processing_total: int | None = None
    summary: str | None = None
    last_processed_at: datetime | None = None
    number_of_pages: int | None = None
    tokens_processing_main_content: int | None = None
    tokens_processing_summary: int | None = None
    url: str | None = None
    attributes: dict[str, Any] | None = None
    expires_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class ListDocumentsResponse(Schema):
    """A page of documents.

    Attributes:
        pagination: Position of the page.
        data: Documents on this page.
    """

    pagination: PaginationInfo = attrs.field(factory=PaginationInfo)
    data: list[Document | Unknown] = attrs.field(factory=list[Document | Unknown])

    @property
    def total(self) -> int | None:
        """Number of documents on all pages."""
        return self.pagination.total_items


@final
@attrs.frozen(kw_only=True)
class DocumentTextContent(Schema):
    """The text of a document.

    Attributes:
        text: The text.
    """

    text: str | None = None


@final
@attrs.frozen(kw_only=True)
class ProcessingStatus(Schema):
    """The progress of processing a document.

    Attributes:
        document_id: ID of the document.
        process_status: Progress of the processing. Searches find the document once it is `"done"`.
        processing_status: Progress of the processing, with the names of older servers.
    """

    document_id: str | None = None
    process_status: ProcessStatus | None = None
    processing_status: str | None = None


@final
@attrs.frozen(kw_only=True)
class Sharing(Schema):
    """A user's or workspace's access to a library.

    Attributes:
        library_id: ID of the library.
        org_id: ID of the organization. Deprecated by the API.
        role: Access level.
        share_with_type: Kind of entity that has access.
        share_with_uuid: ID of the entity that has access.
        user_id: ID of the user.
    """

    library_id: str | None = None
    org_id: str | None = None
    role: str | None = None
    share_with_type: str | None = None
    share_with_uuid: str | None = None
    user_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class ListSharingResponse(Schema):
    """All accesses to a library.

    Attributes:
        data: The accesses.
    """

    data: list[Sharing | Unknown] = attrs.field(factory=list[Sharing | Unknown])
