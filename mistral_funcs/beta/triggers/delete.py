"""DELETE /v1/triggers/{trigger_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/triggers/{trigger_id}", returns=NoContent())
async def beta_triggers_delete(
    client: MistralCore,
    trigger_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a trigger.

    Args:
        client: The client that sends the request.
        trigger_id: ID of the trigger.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
