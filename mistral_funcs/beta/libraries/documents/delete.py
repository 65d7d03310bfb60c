"""DELETE /v1/libraries/{library_id}/documents/{document_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/libraries/{library_id}/documents/{document_id}", returns=NoContent())
async def beta_libraries_documents_delete(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a document.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
