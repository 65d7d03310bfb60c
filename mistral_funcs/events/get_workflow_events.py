"""GET /v1/workflows/events/list."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.events import ListWorkflowEventResponse


@operation("GET", "/v1/workflows/events/list", returns=JSON(ListWorkflowEventResponse))
async def events_get_workflow_events(
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
        root_workflow_exec_id: Return only the events of this execution and of those below it.
        workflow_exec_id: Return only the events of this execution.
        workflow_run_id: Return only the events of this run.
        limit: Maximum number of items per page, from 1 to 1000. Defaults to 100.
        cursor: Cursor of the page, from `next_cursor` of the page before it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of events. An entry that cannot be read is an `Unknown`.
    """
    ...
