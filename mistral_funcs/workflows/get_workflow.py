"""GET /v1/workflows/{workflow_identifier}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.workflow import WorkflowGetResponse


@operation("GET", "/v1/workflows/{workflow_identifier}", returns=JSON(WorkflowGetResponse))
async def workflows_get_workflow(
    client: MistralCore,
    workflow_identifier: str,
    *,
    options: RequestOptions | None = None,
) -> Result[WorkflowGetResponse, Failure]:
    """Get a workflow.

    Args:
        client: The client that sends the request.
        workflow_identifier: ID or name of the workflow.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The workflow.
    """
    ...
