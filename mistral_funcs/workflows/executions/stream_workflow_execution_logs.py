"""GET /v1/workflows/executions/{execution_id}/logs/stream."""

from datetime import datetime

from mistral_core import (
    Events,
    EventStream,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    operation,
)
from mistral_funcs.schemas.workflows.logs import ExecutionLogRecord


@operation(
    "GET",
    "/v1/workflows/executions/{execution_id}/logs/stream",
    returns=Events(ExecutionLogRecord, ends_with_body=True),
)
async def workflows_executions_stream_workflow_execution_logs(
    client: MistralCore,
    execution_id: str,
    *,
    run_id: str | None = None,
    activity_id: str | None = None,
    after: datetime | None = None,
    last_event_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[EventStream[ExecutionLogRecord], Failure]:
    """Stream the logs of an execution.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        run_id: Return only the records of this run.
        activity_id: Return only the records of this activity.
        after: Start with the records logged at this time. Ignored with `last_event_id`.
        last_event_id: Resume after the event with this ID.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The stream of log records. Enter it with `async with` before iterating. It ends when the
        server ends it. If the stream fails, the last item is an `Err`: an `SDKError` whose `type`
        is the server's reason, such as `read_error`.
    """
    ...
