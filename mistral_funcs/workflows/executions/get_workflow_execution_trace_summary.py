"""GET /v1/workflows/executions/{execution_id}/trace/summary."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.traces import WorkflowExecutionTraceSummaryResponse


@operation(
    "GET",
    "/v1/workflows/executions/{execution_id}/trace/summary",
    returns=JSON(WorkflowExecutionTraceSummaryResponse),
)
async def workflows_executions_get_workflow_execution_trace_summary(
    client: MistralCore,
    execution_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionTraceSummaryResponse, Failure]:
    """Get an execution with the spans of its trace.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The execution.
    """
    ...
