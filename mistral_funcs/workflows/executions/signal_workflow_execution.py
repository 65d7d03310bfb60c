"""POST /v1/workflows/executions/{execution_id}/signals."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.workflows.executions import SignalWorkflowResponse
from mistral_funcs.schemas.workflows.payloads import SignalInvocationBodyNetworkEncodedInput


@operation(
    "POST", "/v1/workflows/executions/{execution_id}/signals", returns=JSON(SignalWorkflowResponse)
)
async def workflows_executions_signal_workflow_execution(
    client: MistralCore,
    execution_id: str,
    *,
    name: str,
    input: SignalInvocationBodyNetworkEncodedInput | Mapping[str, Any] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[SignalWorkflowResponse, Failure]:
    """Send a signal to an execution.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        name: Name of the signal.
        input: Input, matching its schema.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The response to the signal.
    """
    ...
