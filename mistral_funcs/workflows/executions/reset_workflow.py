"""POST /v1/workflows/executions/{execution_id}/reset."""

from mistral_core import (
    UNSET,
    Failure,
    MistralCore,
    NoContent,
    RequestOptions,
    Result,
    Unset,
    operation,
)


@operation("POST", "/v1/workflows/executions/{execution_id}/reset", returns=NoContent())
async def workflows_executions_reset_workflow(
    client: MistralCore,
    execution_id: str,
    *,
    event_id: int,
    reason: str | None | Unset = UNSET,
    exclude_signals: bool | None = None,
    exclude_updates: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Reset an execution to an event of its history.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        event_id: Number of the event in the history to reset to.
        reason: Why it is reset.
        exclude_signals: Whether to drop the signals after the event. Defaults to false.
        exclude_updates: Whether to drop the updates after the event. Defaults to false.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
