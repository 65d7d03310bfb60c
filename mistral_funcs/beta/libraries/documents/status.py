"""GET /v1/libraries/{library_id}/documents/{document_id}/status."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.libraries import ProcessingStatus


@operation(
    "GET",
    "/v1/libraries/{library_id}/documents/{document_id}/status",
    returns=JSON(ProcessingStatus),
)
async def beta_libraries_documents_status(
    client: MistralCore,
    library_id: str,
    document_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ProcessingStatus, Failure]:
    """Get the processing status of a document.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        document_id: ID of the document.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The status.
    """
    ...
