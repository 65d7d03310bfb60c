"""DELETE /v1/files/{file_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.files import DeleteFileResponse


@operation("DELETE", "/v1/files/{file_id}", returns=JSON(DeleteFileResponse))
async def files_delete(
    client: MistralCore,
    file_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DeleteFileResponse, Failure]:
    """Delete a file permanently.

    Args:
        client: The client to use.
        file_id: ID of the file.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        Confirmation with the ID of the file.
    """
    ...
