"""GET /v1/workflows/executions/{execution_id}/trace/info."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.traces import ExecutionTraceInfoResponse


@operation(
    "GET",
    "/v1/workflows/executions/{execution_id}/trace/info",
    returns=JSON(ExecutionTraceInfoResponse),
)
async def workflows_executions_get_workflow_execution_trace_info(
    client: MistralCore,
    execution_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ExecutionTraceInfoResponse, Failure]:
    """Check whether an execution has a trace.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The ID of the trace, and whether trace data exists.
    """
    ...
