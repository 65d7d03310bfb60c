"""GET /v1/users/me/workspaces."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.users import ListWorkspacesResponse


@operation("GET", "/v1/users/me/workspaces", returns=JSON(ListWorkspacesResponse))
async def beta_users_list_workspaces(
    client: MistralCore,
    *,
    organization_id: str | None = None,
    offset: int | None = None,
    limit: int | None = None,
    options: RequestOptions | None = None,
) -> Result[ListWorkspacesResponse, Failure]:
    """List the workspaces of the current user.

    Use `paginate` to read all of them.

    Args:
        client: The client that sends the request.
        organization_id: Return only the workspaces of this organization.
        offset: Number of workspaces to skip. Defaults to 0.
        limit: Maximum number of workspaces to return, from 1 to 100. Defaults to 100.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        One page of workspaces. Entries that cannot be parsed are `Unknown`.
    """
    ...
