"""GET /v1/triggers/{trigger_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.triggers import Trigger


@operation("GET", "/v1/triggers/{trigger_id}", returns=JSON(Trigger))
async def beta_triggers_get(
    client: MistralCore,
    trigger_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Trigger, Failure]:
    """Get a trigger.

    Args:
        client: The client that sends the request.
        trigger_id: ID of the trigger.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The trigger.
    """
    ...
