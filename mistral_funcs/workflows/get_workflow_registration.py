"""GET /v1/workflows/registrations/{workflow_registration_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.registrations import WorkflowRegistrationGetResponse


@operation(
    "GET",
    "/v1/workflows/registrations/{workflow_registration_id}",
    returns=JSON(WorkflowRegistrationGetResponse),
)
async def workflows_get_workflow_registration(
    client: MistralCore,
    workflow_registration_id: str,
    *,
    with_workflow: bool | None = None,
    include_shared: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowRegistrationGetResponse, Failure]:
    """Get a registration of a workflow.

    Args:
        client: The client that sends the request.
        workflow_registration_id: ID of the registration.
        with_workflow: Whether to include the workflow. Defaults to false.
        include_shared: Whether to include shared workflows. Defaults to true.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The registration.
    """
    ...
