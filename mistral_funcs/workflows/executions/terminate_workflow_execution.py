"""POST /v1/workflows/executions/{execution_id}/terminate."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("POST", "/v1/workflows/executions/{execution_id}/terminate", returns=NoContent())
async def workflows_executions_terminate_workflow_execution(
    client: MistralCore,
    execution_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Terminate an execution immediately.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
