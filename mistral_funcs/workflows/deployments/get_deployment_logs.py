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
    """Return the logs of a deployment.

    `after`, `before` and `order` apply to the first page. The cursor of a later page repeats them.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        log_type: Which logs to read: of the workers, or of the build of their image. Defaults to
            `"runtime"`.
        worker_name: Return only the records of this worker.
        workflow_name: Return only the records of this workflow.
        after: Return only the records of this time or later.
        before: Return only the records before this time.
        order: Order of the items: `asc` or `desc`. Defaults to `"asc"`.
        cursor: Cursor of the page, from `next_cursor` of the page before it.
        limit: Maximum number of items per page, from 1 to 100. Defaults to 50.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of log records of all workers.
    """
    ...
