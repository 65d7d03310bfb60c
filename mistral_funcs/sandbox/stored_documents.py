"""The documents that a sandbox stores: those of libraries and those of search indexes."""

from typing import TYPE_CHECKING, Any, final

import attrs

if TYPE_CHECKING:
    from mistral_funcs.schemas.beta.context.indexes import (
        GetSummaryResponseSummary,
        ManagedIndexResponse,
    )
    from mistral_funcs.schemas.beta.libraries import Document, Library, Sharing


@final
@attrs.define
class StoredDocument:
    """A document of a library.

    Attributes:
        about: The document as the API reports it.
        content: The content.
        doomed: Whether its processing fails. Tests may set it.
    """

    about: "Document"
    content: bytes = attrs.field(repr=False)
    doomed: bool = False


@final
@attrs.define
class StoredLibrary:
    """A library.

    Attributes:
        about: The library as the API reports it, except for values derived from its documents.
        documents: Its documents by their ids, the oldest first.
        accesses: Who has access, by their ids.
    """

    about: "Library"
    documents: dict[str, StoredDocument] = attrs.field(factory=dict[str, StoredDocument])
    accesses: "dict[str, Sharing]" = attrs.field(factory=dict[str, "Sharing"])


@final
@attrs.frozen
class StoredChunk:
    """A chunk of a document of an index.

    Attributes:
        id: Its ID.
        source_id: ID of the document.
        start: Start in the text of the document.
        content: The text.
        fields: The fields of the document and of the chunk.
    """

    id: str
    source_id: str
    start: int
    content: str = attrs.field(repr=False)
    fields: dict[str, Any] = attrs.field(repr=False)

    @property
    def end(self) -> int:
        """The end in the text of the document."""
        return self.start + len(self.content)


@final
@attrs.define
class StoredIndex:
    """A search index.

    Attributes:
        about: The index as the API reports it.
        documents: The chunks of each document by its ID, the oldest first.
        summaries: The summaries by their languages.
        doomed: Whether its provisioning fails. Tests may set it.
    """

    about: "ManagedIndexResponse"
    documents: dict[str, list[StoredChunk]] = attrs.field(factory=dict[str, list[StoredChunk]])
    summaries: "dict[str, GetSummaryResponseSummary]" = attrs.field(factory=dict[str, Any])
    doomed: bool = False
