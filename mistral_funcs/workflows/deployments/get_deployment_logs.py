"""GET /v1/workflows/deployments/{name}/logs."""

from datetime import datetime
from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.logs import DeploymentLogSearchResponse


@operation(
    "GET", "/v1/workflows/deployments/{name}/logs", returns=JSON(DeploymentLogSearchResponse)
)
async def workflows_deployments_get_deployment_logs(
    client: MistralCore,
    name: str,
    *,
    log_type: Literal["build", "runtime"] | str | None = None,
    worker_name: str | None = None,
    workflow_name: str | None = None,
    after: datetime | None = None,
    before: datetime | None = None,
    order: Literal["asc", "desc"] | str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
    options: RequestOptions | None = None,
) -> Result[DeploymentLogSearchResponse, Failure]:
    """Get the logs of a deployment.

    `after`, `before` and `order` apply to the first page. Later pages take them from the cursor.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        log_type: Which logs to return: those of the workers, or those of the image build. Defaults
            to `"runtime"`.
        worker_name: Return only the records of this worker.
        workflow_name: Return only the records of this workflow.
        after: Return only the records logged at this time or later.
        before: Return only the records logged before this time.
        order: Sort order: `"asc"` or `"desc"`. Defaults to `"asc"`.
        cursor: Page cursor: `next_cursor` of the previous page.
        limit: Maximum number of items per page, from 1 to 100. Defaults to 50.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of log records of all workers.
    """
    ...
