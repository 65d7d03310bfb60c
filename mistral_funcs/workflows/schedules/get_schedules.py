"""GET /v1/workflows/schedules."""

from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.schedules import WorkflowScheduleListResponse


@operation("GET", "/v1/workflows/schedules", returns=JSON(WorkflowScheduleListResponse))
async def workflows_schedules_get_schedules(
    client: MistralCore,
    *,
    workflow_name: str | None = None,
    user_id: str | None = None,
    status: Literal["active", "paused"] | str | None = None,
    search: str | None = None,
    page_size: int | None = None,
    next_page_token: str | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowScheduleListResponse, Failure]:
    """List schedules.

    Args:
        client: The client that sends the request.
        workflow_name: Return only the schedules of the workflow with this name.
        user_id: Return only the schedules of the user with this ID. `"current"` means the caller.
        status: Return only schedules with this status: active or paused.
        search: Return only the schedules of workflows whose name begins with this text.
        page_size: Maximum number of items per page, from 1 to 1000. Without it, one page contains
            all schedules, which is deprecated.
        next_page_token: Page token: `next_page_token` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of schedules. Entries that cannot be parsed are `Unknown`.
    """
    ...
