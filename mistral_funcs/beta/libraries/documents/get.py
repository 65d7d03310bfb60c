"""GET /v1/libraries/{library_id}/documents/{document_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.libraries import Document


@operation("GET", "/v1/libraries/{library_id}/documents/{document_id}", returns=JSON(Document))
async def beta_libraries_documents_get(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Document, Failure]:
    """Get the metadata of a document.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The document.
    """
    ...
