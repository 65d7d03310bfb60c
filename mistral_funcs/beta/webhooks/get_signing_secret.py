"""GET /v1/webhooks/{webhook_id}/signing-secret."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.webhooks import WebhookSigningSecret


@operation("GET", "/v1/webhooks/{webhook_id}/signing-secret", returns=JSON(WebhookSigningSecret))
async def beta_webhooks_get_signing_secret(
    client: MistralCore,
    webhook_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[WebhookSigningSecret, Failure]:
    """Get the signing secret of a webhook.

    Args:
        client: The client that sends the request.
        webhook_id: ID of the webhook.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The secret. Its `repr` does not contain the value.
    """
    ...
