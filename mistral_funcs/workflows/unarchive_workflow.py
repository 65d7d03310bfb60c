"""PUT /v1/workflows/{workflow_identifier}/unarchive."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.workflow import WorkflowUnarchiveResponse


@operation(
    "PUT", "/v1/workflows/{workflow_identifier}/unarchive", returns=JSON(WorkflowUnarchiveResponse)
)
async def workflows_unarchive_workflow(
    client: MistralCore,
    workflow_identifier: str,
    *,
    options: RequestOptions | None = None,
) -> Result[WorkflowUnarchiveResponse, Failure]:
    """Unarchive a workflow.

    Args:
        client: The client that sends the request.
        workflow_identifier: ID or name of the workflow.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The unarchived workflow.
    """
    ...
