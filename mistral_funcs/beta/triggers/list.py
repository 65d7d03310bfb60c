"""GET /v1/triggers."""

from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.beta.triggers import Trigger


@operation("GET", "/v1/triggers", returns=JSON(list[Trigger | Unknown]))
async def beta_triggers_list(
    client: MistralCore,
    *,
    handler: Literal["workflows", "agents", "spaces"] | str | None = None,
    primitive_id: str | None = None,
    event_source_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[list[Trigger | Unknown], Failure]:
    """List triggers.

    Args:
        client: The client that sends the request.
        handler: Return only the triggers with this handler.
        primitive_id: Return only the triggers whose action has this primitive ID.
        event_source_id: Return only the triggers of this event source.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All matching triggers. Entries that cannot be parsed are `Unknown`.
    """
    ...
