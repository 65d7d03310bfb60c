"""GET /v1/workflows/deployments/{name}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.deployments import DeploymentDetailResponse


@operation("GET", "/v1/workflows/deployments/{name}", returns=JSON(DeploymentDetailResponse))
async def workflows_deployments_get_deployment(
    client: MistralCore,
    name: str,
    *,
    workflow_name: str | None = None,
    options: RequestOptions | None = None,
) -> Result[DeploymentDetailResponse, Failure]:
    """Get a deployment with its workers.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        workflow_name: Report a worker as active only if it offers this workflow.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The deployment.
    """
    ...
