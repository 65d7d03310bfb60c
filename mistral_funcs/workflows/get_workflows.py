"""GET /v1/workflows."""

from collections.abc import Sequence
from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.executions import WorkflowExecutionStatus
from mistral_funcs.schemas.workflows.workflow import WorkflowListResponse


@operation("GET", "/v1/workflows", returns=JSON(WorkflowListResponse))
async def workflows_get_workflows(
    client: MistralCore,
    *,
    status: Sequence[WorkflowExecutionStatus] | WorkflowExecutionStatus | None = None,
    include_shared: bool | None = None,
    available_in_chat_assistant: bool | None = None,
    deployment_name: Sequence[str] | None = None,
    deployment_status: Literal["active", "inactive"] | str | None = None,
    archived: bool | None = None,
    tags: Sequence[str] | None = None,
    sort_by: Literal["display_name"] | None = None,
    order: Literal["asc", "desc"] | str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    active_only: bool | None = None,
    search: str | None = None,
    options: RequestOptions | None = None,
) -> Result[WorkflowListResponse, Failure]:
    """List workflows.

    Args:
        client: The client that sends the request.
        status: Return only the workflows with an execution in this status, or in one of these.
        include_shared: Whether to include shared workflows. Defaults to true.
        available_in_chat_assistant: If true, return only the workflows available in the chat
            assistant; if false, only the others.
        deployment_name: Return only the workflows of these deployments.
        deployment_status: Return only the workflows whose deployments have this status: active or
            inactive.
        archived: If true, return only archived workflows; if false, only the others.
        tags: Return only the workflows with all of these tags.
        sort_by: Field to sort by.
        order: Sort order: `"asc"` or `"desc"`. Defaults to `"asc"`.
        cursor: Page cursor: `next_cursor` of the previous page.
        limit: Maximum number of items per page, from 1 to 1000. Defaults to 50.
        active_only: Deprecated: use `deployment_status`. Defaults to false.
        search: Return only the workflows whose name, description or ID is similar to this text.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of workflows. Entries that cannot be parsed are `Unknown`.
    """
    ...
