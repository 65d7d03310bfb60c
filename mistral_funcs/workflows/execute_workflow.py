"""POST /v1/workflows/{workflow_identifier}/execute."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.workflows.executions import (
    WorkflowExecutionResponse,
    WorkflowExecutionSyncResponse,
)


@operation(
    "POST",
    "/v1/workflows/{workflow_identifier}/execute",
    returns=JSON(WorkflowExecutionSyncResponse | WorkflowExecutionResponse),
)
async def workflows_execute_workflow(
    client: MistralCore,
    workflow_identifier: str,
    *,
    execution_id: str | None | Unset = UNSET,
    input: Any | None | Unset = UNSET,
    wait_for_result: bool | None = None,
    timeout_seconds: float | None | Unset = UNSET,
    custom_tracing_attributes: Mapping[str, str] | None | Unset = UNSET,
    force_new_trace: bool | None = None,
    traceparent: str | None | Unset = UNSET,
    extensions: Mapping[str, Any] | None | Unset = UNSET,
    task_queue: str | None | Unset = UNSET,
    deployment_name: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionSyncResponse | WorkflowExecutionResponse, Failure]:
    """Execute a workflow.

    Args:
        client: The client that sends the request.
        workflow_identifier: ID or name of the workflow.
        execution_id: ID of the new execution, at most 256 characters. Defaults to a random one.
        input: Input of the workflow, matching its schema.
        wait_for_result: Whether to wait for the result. The response is then a
            `WorkflowExecutionSyncResponse`. Defaults to false.
        timeout_seconds: Maximum number of seconds that the server waits for the result.
        custom_tracing_attributes: Attributes to add to the trace.
        force_new_trace: Whether to start a new trace instead of continuing that of `traceparent`.
            Defaults to false.
        traceparent: W3C trace context that the execution continues.
        extensions: Data for plugins, such as the connectors of the execution.
        task_queue: Deprecated: use `deployment_name`.
        deployment_name: Name of the deployment that runs the workflow.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The started execution. With `wait_for_result`, its result.
    """
    ...
