"""GET /v1/workflows/events/stream."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from mistral_core import (
    Events,
    EventStream,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    operation,
)
from mistral_funcs.schemas.workflows.events import StreamEventSsePayload, WorkflowEventType


@operation(
    "GET",
    "/v1/workflows/events/stream",
    returns=Events(StreamEventSsePayload, ends_with_body=True),
    headers=["last_event_id"],
)
async def events_get_stream_events(
    client: MistralCore,
    *,
    scope: Literal["activity", "workflow", "*"] | str | None = None,
    activity_name: str | None = None,
    activity_id: str | None = None,
    workflow_name: str | None = None,
    workflow_exec_id: str | None = None,
    root_workflow_exec_id: str | None = None,
    parent_workflow_exec_id: str | None = None,
    stream: str | None = None,
    start_seq: int | None = None,
    metadata_filters: Mapping[str, Any] | None = None,
    workflow_event_types: Sequence[WorkflowEventType] | None = None,
    last_event_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[EventStream[StreamEventSsePayload], Failure]:
    """Stream the events of executions.

    Args:
        client: The client that sends the request.
        scope: Return only events of this scope. `"*"` matches all. Defaults to `"*"`.
        activity_name: Return only the events of the activity with this name. Defaults to `"*"`.
        activity_id: Return only the events of the activity with this ID. Defaults to `"*"`.
        workflow_name: Return only the events of the workflow with this name. Defaults to `"*"`.
        workflow_exec_id: Return only the events of this execution. Defaults to `"*"`.
        root_workflow_exec_id: Return only the events of this execution and its descendants.
            Defaults to `"*"`.
        parent_workflow_exec_id: Return only the events of executions that this one started.
            Defaults to `"*"`.
        stream: Name of the stream. Defaults to `"*"`.
        start_seq: Number of the first event. To resume, pass the `broker_sequence` of the last
            event plus 1. Defaults to 0.
        metadata_filters: Return only the events with this metadata.
        workflow_event_types: Return only events of these types.
        last_event_id: Resume after the event with this ID.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The stream of events. Enter it with `async with` before iterating. It ends when the server
        ends it, which does not mean that the execution has ended. If the stream fails, the last
        item is an `Err`: an `SDKError` whose `type` is the server's reason, such as `read_error`.
    """
    ...
