"""PUT /v1/service-accounts/{service_account_id}/roles."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.service_accounts import ListServiceAccountRolesResponse


@operation(
    "PUT",
    "/v1/service-accounts/{service_account_id}/roles",
    returns=JSON(ListServiceAccountRolesResponse),
)
async def beta_service_accounts_set_roles(
    client: MistralCore,
    service_account_id: str,
    *,
    role_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[ListServiceAccountRolesResponse, Failure]:
    """Set the roles of a service account, replacing its current roles.

    Args:
        client: The client that sends the request.
        service_account_id: ID of the service account.
        role_ids: IDs of all the roles to set.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The IDs of the roles. Entries that cannot be parsed are `Unknown`.
    """
    ...
