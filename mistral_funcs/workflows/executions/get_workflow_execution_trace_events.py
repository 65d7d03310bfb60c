"""GET /v1/workflows/executions/{execution_id}/trace/events."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.traces import WorkflowExecutionTraceEventsResponse


@operation(
    "GET",
    "/v1/workflows/executions/{execution_id}/trace/events",
    returns=JSON(WorkflowExecutionTraceEventsResponse),
)
async def workflows_executions_get_workflow_execution_trace_events(
    client: MistralCore,
    execution_id: str,
    *,
    merge_same_id_events: bool | None = None,
    include_internal_events: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionTraceEventsResponse, Failure]:
    """Get an execution with the events of its trace.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        merge_same_id_events: Whether to merge events with the same ID. Defaults to false.
        include_internal_events: Whether to include internal events. Defaults to false.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The execution.
    """
    ...
