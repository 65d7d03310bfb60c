"""PATCH /v1/libraries/{library_id}/documents/{document_id}."""

from collections.abc import Mapping
from datetime import datetime

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.libraries import Document, DocumentAttribute


@operation("PATCH", "/v1/libraries/{library_id}/documents/{document_id}", returns=JSON(Document))
async def beta_libraries_documents_update(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    name: str | None = None,
    attributes: Mapping[str, DocumentAttribute] | None | Unset = UNSET,
    expires_at: datetime | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Document, Failure]:
    """Update the metadata of a document.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        name: Name of the document.
        attributes: Your own attributes.
        expires_at: When the document is deleted. `None` keeps it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated document.
    """
    ...
