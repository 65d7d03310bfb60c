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
        status: Return only the workflows with an execution of this status, or one of these.
        include_shared: Whether to include shared ones. Defaults to true.
        available_in_chat_assistant: Return only the workflows that are available in the chat
            assistant, or only the others.
        deployment_name: Return only the workflows of these deployments.
        deployment_status: Return only the workflows whose deployments are active, or inactive.
        archived: Return only archived ones, or only the others.
        tags: Return only the workflows with all of these tags.
        sort_by: Field to sort by.
        order: Order of the items: `asc` or `desc`. Defaults to `"asc"`.
        cursor: Cursor of the page, from `next_cursor` of the page before it.
        limit: Maximum number of items per page, from 1 to 1000. Defaults to 50.
        active_only: Deprecated: use `deployment_status`. Defaults to false.
        search: Return only the workflows whose name, description or ID resembles this text.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of workflows. An entry that cannot be read is an `Unknown`.
    """
    ...
