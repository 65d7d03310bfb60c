"""GET /v1/workflows/executions/{execution_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.executions import WorkflowExecutionResponse


@operation(
    "GET", "/v1/workflows/executions/{execution_id}", returns=JSON(WorkflowExecutionResponse)
)
async def workflows_executions_get_workflow_execution(
    client: MistralCore,
    execution_id: str,
    *,
    include_search_keys: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionResponse, Failure]:
    """Get an execution.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        include_search_keys: Whether to include the search keys of the execution.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The execution, with its result if it completed.
    """
    ...
