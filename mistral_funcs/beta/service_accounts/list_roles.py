"""GET /v1/service-accounts/{service_account_id}/roles."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.service_accounts import ListServiceAccountRolesResponse


@operation(
    "GET",
    "/v1/service-accounts/{service_account_id}/roles",
    returns=JSON(ListServiceAccountRolesResponse),
)
async def beta_service_accounts_list_roles(
    client: MistralCore,
    service_account_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ListServiceAccountRolesResponse, Failure]:
    """List the roles of a service account.

    Args:
        client: The client that sends the request.
        service_account_id: ID of the service account.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The IDs of the roles. Entries that cannot be parsed are `Unknown`.
    """
    ...
