"""PUT /v1/workflows/{workflow_identifier}/archive."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.workflow import WorkflowArchiveResponse


@operation(
    "PUT", "/v1/workflows/{workflow_identifier}/archive", returns=JSON(WorkflowArchiveResponse)
)
async def workflows_archive_workflow(
    client: MistralCore,
    workflow_identifier: str,
    *,
    options: RequestOptions | None = None,
) -> Result[WorkflowArchiveResponse, Failure]:
    """Archive a workflow.

    Args:
        client: The client that sends the request.
        workflow_identifier: ID or name of the workflow.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The archived workflow.
    """
    ...
