"""GET /v1/workflows/executions/{execution_id}/trace/otel."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.traces import WorkflowExecutionTraceOTelResponse


@operation(
    "GET",
    "/v1/workflows/executions/{execution_id}/trace/otel",
    returns=JSON(WorkflowExecutionTraceOTelResponse),
)
async def workflows_executions_get_workflow_execution_trace_otel(
    client: MistralCore,
    execution_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionTraceOTelResponse, Failure]:
    """Get an execution with its trace as OpenTelemetry data.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The execution.
    """
    ...
