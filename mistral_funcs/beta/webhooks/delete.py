"""DELETE /v1/webhooks/{webhook_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/webhooks/{webhook_id}", returns=NoContent())
async def beta_webhooks_delete(
    client: MistralCore,
    webhook_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a webhook.

    Args:
        client: The client that sends the request.
        webhook_id: ID of the webhook.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
