"""GET /v1/service-accounts/assignable-roles."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.service_accounts import ListAssignableServiceAccountRolesResponse


@operation(
    "GET",
    "/v1/service-accounts/assignable-roles",
    returns=JSON(ListAssignableServiceAccountRolesResponse),
)
async def beta_service_accounts_list_assignable_roles(
    client: MistralCore,
    *,
    workspace_id: str,
    options: RequestOptions | None = None,
) -> Result[ListAssignableServiceAccountRolesResponse, Failure]:
    """List the roles that can be assigned to service accounts of a workspace.

    Args:
        client: The client that sends the request.
        workspace_id: ID of the workspace.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The roles. Entries that cannot be parsed are `Unknown`.
    """
    ...
