"""POST /v1/workflows/executions/{execution_id}/cancel."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("POST", "/v1/workflows/executions/{execution_id}/cancel", returns=NoContent())
async def workflows_executions_cancel_workflow_execution(
    client: MistralCore,
    execution_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Cancel an execution. It can still clean up.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
