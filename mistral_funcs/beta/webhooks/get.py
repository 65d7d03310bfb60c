"""GET /v1/webhooks/{webhook_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.shared.webhooks import Webhook


@operation("GET", "/v1/webhooks/{webhook_id}", returns=JSON(Webhook))
async def beta_webhooks_get(
    client: MistralCore,
    webhook_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Webhook, Failure]:
    """Get a webhook.

    Args:
        client: The client that sends the request.
        webhook_id: ID of the webhook.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The webhook.
    """
    ...
