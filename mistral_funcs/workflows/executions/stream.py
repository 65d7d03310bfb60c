"""GET /v1/workflows/executions/{execution_id}/stream."""

from typing import Literal

from mistral_core import (
    Events,
    EventStream,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    operation,
)
from mistral_funcs.schemas.workflows.events import StreamEventSsePayload


@operation(
    "GET",
    "/v1/workflows/executions/{execution_id}/stream",
    returns=Events(StreamEventSsePayload, ends_with_body=True),
)
async def workflows_executions_stream(
    client: MistralCore,
    execution_id: str,
    *,
    event_source: Literal["DATABASE", "LIVE", "HYBRID"] | str | None = None,
    last_event_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[EventStream[StreamEventSsePayload], Failure]:
    """Stream the events of an execution.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        event_source: Source of the events: stored events, new events, or both.
        last_event_id: Resume after the event with this ID.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The stream of events. Enter it with `async with` before iterating. It ends when the server
        ends it, which does not mean that the execution has ended. If the stream fails, the last
        item is an `Err`: an `SDKError` whose `type` is the server's reason, such as `read_error`.
    """
    ...
