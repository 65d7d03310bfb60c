"""GET /v1/workflows/registrations."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.registrations import WorkflowRegistrationListResponse


@operation("GET", "/v1/workflows/registrations", returns=JSON(WorkflowRegistrationListResponse))
async def workflows_get_workflow_registrations(
    client: MistralCore,
    *,
    workflow_id: str | None = None,
    task_queue: str | None = None,
    active_only: bool | None = None,
    include_shared: bool | None = None,
    workflow_name: str | None = None,
    workflow_search: str | None = None,
    archived: bool | None = None,
    with_workflow: bool | None = None,
    available_in_chat_assistant: bool | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowRegistrationListResponse, Failure]:
    """List registrations of workflows.

    Args:
        client: The client that sends the request.
        workflow_id: Return only the registrations of the workflow with this ID.
        task_queue: Return only the registrations of this task queue.
        active_only: Return only the registrations that a worker offers. Defaults to false.
        include_shared: Whether to include shared workflows. Defaults to true.
        workflow_name: Return only the registrations of the workflow with this name.
        workflow_search: Return only the registrations of workflows whose name is similar to this
            text.
        archived: If true, return only archived items; if false, only the others.
        with_workflow: Whether to include the workflow. Defaults to false.
        available_in_chat_assistant: If true, return only the registrations available in the chat
            assistant; if false, only the others.
        limit: Maximum number of items per page, from 1 to 1000. Defaults to 50.
        cursor: Page cursor: `next_cursor` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of registrations. Entries that cannot be parsed are `Unknown`.
    """
    ...
