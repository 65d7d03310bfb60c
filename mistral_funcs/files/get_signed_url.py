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
    """Get a temporary URL that gives access to a file without an API key.

    Args:
        client: The client to use.
        file_id: ID of the file.
        expiry: Lifetime of the URL in hours, from 1 to 168. Defaults to 24.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The URL.
    """
    ...
