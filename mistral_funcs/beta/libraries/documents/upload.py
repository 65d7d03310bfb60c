"""POST /v1/libraries/{library_id}/documents."""

from mistral_core import (
    JSON,
    Failure,
    File,
    FileContent,
    MistralCore,
    RequestOptions,
    Result,
    operation,
)
from mistral_funcs.schemas.beta.libraries import Document


@operation(
    "POST",
    "/v1/libraries/{library_id}/documents",
    returns=JSON(Document),
    form=True,
    files=("file",),
)
async def beta_libraries_documents_upload(
    client: MistralCore,
    library_id: str,
    *,
    file: File | FileContent,
    options: RequestOptions | None = None,
) -> Result[Document, Failure]:
    """Upload a document to a library.

    The API processes it in the background. Searches find it once its `process_status` is `"done"`.
    A failed upload is not repeated if the server may have received it.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        file: Bytes, a path, an open binary file, or an async iterable of bytes. Use `File` to set
            the name and content type, or to get progress updates.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The document, or an `InvalidRequestError` if the file cannot be read.
    """
    ...
