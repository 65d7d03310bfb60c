"""POST /v1/workflows/executions/{execution_id}/queries."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.workflows.executions import QueryWorkflowResponse
from mistral_funcs.schemas.workflows.payloads import NetworkEncodedInput


@operation(
    "POST", "/v1/workflows/executions/{execution_id}/queries", returns=JSON(QueryWorkflowResponse)
)
async def workflows_executions_query_workflow_execution(
    client: MistralCore,
    execution_id: str,
    *,
    name: str,
    input: NetworkEncodedInput | Mapping[str, Any] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[QueryWorkflowResponse, Failure]:
    """Query the state of an execution.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        name: Name of the query.
        input: Input, matching its schema.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The result of the query.
    """
    ...
