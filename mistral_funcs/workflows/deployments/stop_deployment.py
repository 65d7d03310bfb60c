"""POST /v1/workflows/deployments/{name}/stop."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.deployments import ManagedDeploymentResponse


@operation("POST", "/v1/workflows/deployments/{name}/stop", returns=JSON(ManagedDeploymentResponse))
async def workflows_deployments_stop_deployment(
    client: MistralCore,
    name: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ManagedDeploymentResponse, Failure]:
    """Stop a deployment.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The deployment.
    """
    ...
