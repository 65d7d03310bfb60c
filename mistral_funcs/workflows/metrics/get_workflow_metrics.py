"""GET /v1/workflows/{workflow_name}/metrics."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.metrics import WorkflowMetrics


@operation("GET", "/v1/workflows/{workflow_name}/metrics", returns=JSON(WorkflowMetrics))
async def workflows_metrics_get_workflow_metrics(
    client: MistralCore,
    workflow_name: str,
    *,
    start_time: datetime | None = None,
    end_time: datetime | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowMetrics, Failure]:
    """Get the metrics of a workflow.

    Args:
        client: The client that sends the request.
        workflow_name: Name of the workflow.
        start_time: Count only the executions that started after this time.
        end_time: Count only the executions that started before this time.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The metrics.
    """
    ...
