"""GET /v1/libraries/{library_id}/documents/{document_id}/text_content."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.libraries import DocumentTextContent


@operation(
    "GET",
    "/v1/libraries/{library_id}/documents/{document_id}/text_content",
    returns=JSON(DocumentTextContent),
)
async def beta_libraries_documents_text_content(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    page_start: int | None = None,
    page_end: int | None = None,
    options: RequestOptions | None = None,
) -> Result[DocumentTextContent, Failure]:
    """Get the extracted text of a document.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        page_start: First page of the text.
        page_end: Page at which the text ends.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The text.
    """
    ...
