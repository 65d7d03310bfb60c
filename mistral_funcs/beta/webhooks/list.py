"""GET /v1/webhooks."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.shared.webhooks import Webhook


@operation("GET", "/v1/webhooks", returns=JSON(list[Webhook | Unknown]))
async def beta_webhooks_list(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[list[Webhook | Unknown], Failure]:
    """List webhooks.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All webhooks. Entries that cannot be parsed are `Unknown`.
    """
    ...
