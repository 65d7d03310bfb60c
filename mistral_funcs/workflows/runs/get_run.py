"""GET /v1/workflows/runs/{run_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.executions import WorkflowExecutionResponse


@operation("GET", "/v1/workflows/runs/{run_id}", returns=JSON(WorkflowExecutionResponse))
async def workflows_runs_get_run(
    client: MistralCore,
    run_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionResponse, Failure]:
    """Get a run.

    Args:
        client: The client that sends the request.
        run_id: ID of the run.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The run.
    """
    ...
