"""GET /v1/workflows/deployments/{name}/archive."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.workflows.deployments import DeploymentArchiveResponse


@operation(
    "GET", "/v1/workflows/deployments/{name}/archive", returns=JSON(DeploymentArchiveResponse)
)
async def workflows_deployments_get_deployment_archive(
    client: MistralCore,
    name: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DeploymentArchiveResponse, Failure]:
    """Get the archive that a deployment is built from.

    A deployment built from a repository has no archive: the response is a 404.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The archive, with a URL to download it.
    """
    ...
