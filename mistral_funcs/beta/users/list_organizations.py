"""GET /v1/users/me/organizations."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.users import ListOrganizationsResponse


@operation("GET", "/v1/users/me/organizations", returns=JSON(ListOrganizationsResponse))
async def beta_users_list_organizations(
    client: MistralCore,
    *,
    offset: int | None = None,
    limit: int | None = None,
    options: RequestOptions | None = None,
) -> Result[ListOrganizationsResponse, Failure]:
    """List the organizations of the current user.

    Use `paginate` to read all of them.

    Args:
        client: The client that sends the request.
        offset: Number of organizations to skip. Defaults to 0.
        limit: Maximum number of organizations to return, from 1 to 100. Defaults to 100.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        One page of organizations. Entries that cannot be parsed are `Unknown`.
    """
    ...
