"""GET /v1/files/{file_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.files import GetFileResponse


@operation("GET", "/v1/files/{file_id}", returns=JSON(GetFileResponse))
async def files_retrieve(
    client: MistralCore,
    file_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[GetFileResponse, Failure]:
    """Get the metadata of a file.

    Args:
        client: The client to use.
        file_id: ID of the file.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The metadata of the file.
    """
    ...
