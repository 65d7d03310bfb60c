"""POST /v1/libraries/{library_id}/documents/{document_id}/reprocess."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation(
    "POST", "/v1/libraries/{library_id}/documents/{document_id}/reprocess", returns=NoContent()
)
async def beta_libraries_documents_reprocess(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Reprocess a document. You are billed again.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
