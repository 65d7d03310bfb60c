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
    """Retrieve what there is to know of a file, but for its content.

    Args:
        client: The client to call through.
        file_id: The id of the file.
        options: What this one call does differently.

    Returns:
        The file.
    """
    ...
