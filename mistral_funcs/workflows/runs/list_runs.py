"""GET /v1/workflows/runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.executions import (
    WorkflowExecutionListResponse,
    WorkflowExecutionStatus,
)


@operation("GET", "/v1/workflows/runs", returns=JSON(WorkflowExecutionListResponse))
async def workflows_runs_list_runs(
    client: MistralCore,
    *,
    workflow_identifier: str | None = None,
    root_execution_id: str | None = None,
    search: str | None = None,
    status: Sequence[WorkflowExecutionStatus] | WorkflowExecutionStatus | None = None,
    deployment_name: str | None = None,
    sort_by: Literal["start_time", "end_time"] | str | None = None,
    order: Literal["asc", "desc"] | str | None = None,
    start_time_after: datetime | None = None,
    start_time_before: datetime | None = None,
    end_time_after: datetime | None = None,
    end_time_before: datetime | None = None,
    user_id: str | None = None,
    workflow_tags: Sequence[str] | None = None,
    include_internal: bool | None = None,
    page_size: int | None = None,
    next_page_token: str | None = None,
    search_key: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowExecutionListResponse, Failure]:
    """List runs of workflows.

    Args:
        client: The client that sends the request.
        workflow_identifier: Return only the runs of the workflow with this ID or name.
        root_execution_id: Return only the runs of this execution and its descendants.
        search: Return only the runs of workflows whose name or ID contains this text.
        status: Return only the runs with this status, or with one of these.
        deployment_name: Return only the runs of this deployment.
        sort_by: Field to sort by.
        order: Sort order: `"asc"` or `"desc"`. Defaults to `"desc"`.
        start_time_after: Return only the runs that started at this time or later.
        start_time_before: Return only the runs that started at this time or earlier.
        end_time_after: Return only the runs that ended at this time or later.
        end_time_before: Return only the runs that ended at this time or earlier.
        user_id: Return only the runs of the user with this ID. `"current"` means the caller.
        workflow_tags: Return only the runs of workflows with all of these tags, at most 20.
        include_internal: Whether to include runs of internal workflows. Defaults to true.
        page_size: Maximum number of items per page, from 1 to 1000. Defaults to 50.
        next_page_token: Page token: `next_page_token` of the previous page.
        search_key: Return only the runs with these search keys, at most 3: `key:value` matches
            similar values, `key==:value` this exact value, `key` any value, and `key==` no value.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of runs. Entries that cannot be parsed are `Unknown`.
    """
    ...
