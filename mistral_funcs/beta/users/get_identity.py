"""GET /v1/users/me."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.users import UserIdentity


@operation("GET", "/v1/users/me", returns=JSON(UserIdentity))
async def beta_users_get_identity(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[UserIdentity, Failure]:
    """Get the identity of the current user.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The user, with the workspace, organization and API key of the request if the server
        reports them.
    """
    ...
