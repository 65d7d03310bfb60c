"""POST /v1/triggers."""

from collections.abc import Mapping
from typing import Any, Literal

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.triggers import CreateTriggerAction, Trigger


@operation("POST", "/v1/triggers", returns=JSON(Trigger))
async def beta_triggers_create(
    client: MistralCore,
    *,
    event_source_id: str,
    handler: Literal["workflows", "agents", "spaces"] | str,
    action: CreateTriggerAction | Mapping[str, Any],
    owner_type: Literal["workspace", "user"] | str,
    title: str,
    filters: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Trigger, Failure]:
    """Create a trigger.

    Args:
        client: The client that sends the request.
        event_source_id: ID of the event source, such as a webhook.
        handler: Product that handles the events.
        action: Action to run.
        owner_type: Whether a workspace or a user owns the trigger.
        title: Title of the trigger.
        filters: Filters of the trigger, as a string.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new trigger.
    """
    ...
