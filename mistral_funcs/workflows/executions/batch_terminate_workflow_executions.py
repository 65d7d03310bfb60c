"""POST /v1/workflows/executions/terminate."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.executions import BatchExecutionResponse


@operation("POST", "/v1/workflows/executions/terminate", returns=JSON(BatchExecutionResponse))
async def workflows_executions_batch_terminate_workflow_executions(
    client: MistralCore,
    *,
    execution_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[BatchExecutionResponse, Failure]:
    """Terminate several executions.

    Args:
        client: The client that sends the request.
        execution_ids: IDs of the executions, at most 100.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The outcome for each execution.
    """
    ...
