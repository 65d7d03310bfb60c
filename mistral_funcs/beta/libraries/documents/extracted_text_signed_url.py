"""GET /v1/libraries/{library_id}/documents/{document_id}/extracted-text-signed-url."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation


@operation(
    "GET",
    "/v1/libraries/{library_id}/documents/{document_id}/extracted-text-signed-url",
    returns=JSON(str),
)
async def beta_libraries_documents_extracted_text_signed_url(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[str, Failure]:
    """Get a URL of the extracted text of a document.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The URL. Anyone with the URL can read the text.
    """
    ...
