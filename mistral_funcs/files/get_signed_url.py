"""GET /v1/files/{file_id}/url."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.files import GetSignedUrlResponse


@operation("GET", "/v1/files/{file_id}/url", returns=JSON(GetSignedUrlResponse))
async def files_get_signed_url(
    client: MistralCore,
    file_id: str,
    *,
    expiry: int | None = None,
    options: RequestOptions | None = None,
) -> Result[GetSignedUrlResponse, Failure]:
    """Get a URL by which a file can be had without a key, for a time.

    Args:
        client: The client to call through.
        file_id: The id of the file.
        expiry: How many hours the URL works, from 1 to 168; by default 24.
        options: What this one call does differently.

    Returns:
        The URL.
    """
    ...
