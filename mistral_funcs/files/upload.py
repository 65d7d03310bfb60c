"""POST /v1/files."""

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
from mistral_funcs.schemas.files import CreateFileResponse, FilePurpose, FileVisibility


# Sent twice, it makes at most a file whose id nobody knows: hence it is retried.
@operation(
    "POST",
    "/v1/files",
    returns=JSON(CreateFileResponse),
    form=True,
    files=("file",),
    idempotent=True,
)
async def files_upload(
    client: MistralCore,
    *,
    file: File | FileContent,
    purpose: FilePurpose | None = None,
    expiry: int | None = None,
    visibility: FileVisibility | None = None,
    options: RequestOptions | None = None,
) -> Result[CreateFileResponse, Failure]:
    """Upload a file.

    Args:
        client: The client to call through.
        file: Bytes, a path, an open binary file, or an asynchronous iterable of bytes; a `File`
            says its name and type too, and is told of the progress. At most 512 MB.
        purpose: What it is for; the API takes it for `"fine-tune"` where it is left out.
        expiry: Hours until it is deleted.
        visibility: Who sees it; the API takes `"workspace"` where it is left out.
        options: What this one call does differently. A large file over a slow line may need more
            than the deadline of the client.

    Returns:
        The file as the API knows it. `InvalidRequestError` where it cannot be read.
    """
    ...
