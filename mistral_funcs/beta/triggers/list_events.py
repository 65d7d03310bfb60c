"""GET /v1/triggers/{trigger_id}/events."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.triggers import TriggerEventList


@operation("GET", "/v1/triggers/{trigger_id}/events", returns=JSON(TriggerEventList))
async def beta_triggers_list_events(
    client: MistralCore,
    trigger_id: str,
    *,
    limit: int | None = None,
    options: RequestOptions | None = None,
) -> Result[TriggerEventList, Failure]:
    """List the events of a trigger.

    The list is not paginated: `limit` bounds the complete response.

    Args:
        client: The client that sends the request.
        trigger_id: ID of the trigger.
        limit: Maximum number of events to return.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The events. Entries that cannot be parsed are `Unknown`.
    """
    ...
