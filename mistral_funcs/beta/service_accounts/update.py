"""PATCH /v1/service-accounts/{service_account_id}."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.service_accounts import ServiceAccount


@operation("PATCH", "/v1/service-accounts/{service_account_id}", returns=JSON(ServiceAccount))
async def beta_service_accounts_update(
    client: MistralCore,
    service_account_id: str,
    *,
    description: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[ServiceAccount, Failure]:
    """Update the description of a service account.

    Args:
        client: The client that sends the request.
        service_account_id: ID of the service account.
        description: The new description. `None` sends `null`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated service account.
    """
    ...
