"""GET /v1/workflows/events/list."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.events import ListWorkflowEventResponse


@operation("GET", "/v1/workflows/events/list", returns=JSON(ListWorkflowEventResponse))
async def workflows_events_get_workflow_events(
    client: MistralCore,
    *,
    root_workflow_exec_id: str | None = None,
    workflow_exec_id: str | None = None,
    workflow_run_id: str | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListWorkflowEventResponse, Failure]:
    """List the events of executions.

    Args:
        client: The client that sends the request.
        root_workflow_exec_id: Return only the events of this execution and its descendants.
        workflow_exec_id: Return only the events of this execution.
        workflow_run_id: Return only the events of this run.
        limit: Maximum number of items per page, from 1 to 1000. Defaults to 100.
        cursor: Page cursor: `next_cursor` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of events. Entries that cannot be parsed are `Unknown`.
    """
    ...
