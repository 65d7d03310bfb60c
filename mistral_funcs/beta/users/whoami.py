"""GET /v1/whoami."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.users import WhoamiResponse


@operation("GET", "/v1/whoami", returns=JSON(WhoamiResponse))
async def beta_users_whoami(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[WhoamiResponse, Failure]:
    """Get the user or service account that the API key belongs to.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The principal, with its organization and workspace if the server reports them.
    """
    ...
