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


# Safe to retry: a second upload creates an unused file at worst.
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
        client: The client to use.
        file: Bytes, a path, an open binary file, or an async iterable of bytes. Use `File` to set
            the name and content type, or to get progress updates. At most 512 MB.
        purpose: Purpose of the file. The API defaults to `"fine-tune"`.
        expiry: Hours until the file is deleted.
        visibility: Who can see the file. The API defaults to `"workspace"`.
        options: Per-call overrides: headers, timeout, retries, server URL. A large file on a slow
            connection may need a longer timeout than the client's.

    Returns:
        The metadata of the file, or an `InvalidRequestError` if the file cannot be read.
    """
    ...
