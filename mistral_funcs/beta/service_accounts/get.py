"""GET /v1/service-accounts/{service_account_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.service_accounts import ServiceAccount


@operation("GET", "/v1/service-accounts/{service_account_id}", returns=JSON(ServiceAccount))
async def beta_service_accounts_get(
    client: MistralCore,
    service_account_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ServiceAccount, Failure]:
    """Get a service account.

    Args:
        client: The client that sends the request.
        service_account_id: ID of the service account.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The service account.
    """
    ...
