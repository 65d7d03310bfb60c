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
    """Delete a file, for good.

    Args:
        client: The client to call through.
        file_id: The id of the file.
        options: What this one call does differently.

    Returns:
        The id of the file, and that it is deleted.
    """
    ...
