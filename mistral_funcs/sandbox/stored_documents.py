"""The documents that a sandbox stores."""

from typing import TYPE_CHECKING, final

import attrs

if TYPE_CHECKING:
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
        about: The library as the API reports it, but for what follows from its documents.
        documents: Its documents by their ids, the oldest first.
        accesses: Who has access, by their ids.
    """

    about: "Library"
    documents: dict[str, StoredDocument] = attrs.field(factory=dict[str, StoredDocument])
    accesses: "dict[str, Sharing]" = attrs.field(factory=dict[str, "Sharing"])
