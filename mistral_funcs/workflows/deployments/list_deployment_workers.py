"""GET /v1/workflows/deployments/{name}/workers."""

from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.deployments import DeploymentWorkerListResponse


@operation(
    "GET", "/v1/workflows/deployments/{name}/workers", returns=JSON(DeploymentWorkerListResponse)
)
async def workflows_deployments_list_deployment_workers(
    client: MistralCore,
    name: str,
    *,
    worker_status: Literal["active", "inactive"] | str | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    options: RequestOptions | None = None,
) -> Result[DeploymentWorkerListResponse, Failure]:
    """List the workers of a deployment.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        worker_status: Return only workers with this status: active or inactive.
        limit: Maximum number of items per page, from 1 to 100. Defaults to 50.
        cursor: Page cursor: `next_cursor` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of workers. Entries that cannot be parsed are `Unknown`.
    """
    ...
