"""GET /v1/workflows/executions/{execution_id}/history."""

from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation


@operation("GET", "/v1/workflows/executions/{execution_id}/history", returns=JSON(Any))
async def workflows_executions_get_workflow_execution_history(
    client: MistralCore,
    execution_id: str,
    *,
    decode_payloads: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[Any, Failure]:
    """Get the history of an execution.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        decode_payloads: Whether to decode the payloads. Defaults to false.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The history, as the API returns it.
    """
    ...
