"""GET /v1/workflows/executions/{execution_id}/logs."""

from datetime import datetime
from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.logs import ExecutionLogSearchResponse


@operation(
    "GET", "/v1/workflows/executions/{execution_id}/logs", returns=JSON(ExecutionLogSearchResponse)
)
async def workflows_executions_get_workflow_execution_logs(
    client: MistralCore,
    execution_id: str,
    *,
    run_id: str | None = None,
    activity_id: str | None = None,
    after: datetime | None = None,
    before: datetime | None = None,
    order: Literal["asc", "desc"] | str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    options: RequestOptions | None = None,
) -> Result[ExecutionLogSearchResponse, Failure]:
    """Get the logs of an execution.

    `after`, `before` and `order` apply to the first page. Later pages take them from the cursor.

    Args:
        client: The client that sends the request.
        execution_id: ID of the execution.
        run_id: Return only the records of this run.
        activity_id: Return only the records of this activity.
        after: Return only the records logged at this time or later.
        before: Return only the records logged before this time.
        order: Sort order: `"asc"` or `"desc"`. Defaults to `"asc"`.
        cursor: Page cursor: `next_cursor` of the previous page.
        limit: Maximum number of items per page, from 1 to 100. Defaults to 50.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of log records.
    """
    ...
