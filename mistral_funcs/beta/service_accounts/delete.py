"""DELETE /v1/service-accounts/{service_account_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/service-accounts/{service_account_id}", returns=NoContent())
async def beta_service_accounts_delete(
    client: MistralCore,
    service_account_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a service account.

    Args:
        client: The client that sends the request.
        service_account_id: ID of the service account.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
