"""GET /v1/libraries/{library_id}/documents/{document_id}/signed-url."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation


@operation(
    "GET", "/v1/libraries/{library_id}/documents/{document_id}/signed-url", returns=JSON(str)
)
async def beta_libraries_documents_get_signed_url(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[str, Failure]:
    """Get a URL of the file of a document.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The URL, valid for 30 minutes. Anyone with the URL can read the file.
    """
    ...
