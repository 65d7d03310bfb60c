"""POST /v1/workflows/deployments/{deployment_id}/unharden."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation(
    "POST",
    "/v1/workflows/deployments/{deployment_id}/unharden",
    returns=NoContent(),
    query=["workspace_id"],
)
async def workflows_deployments_unharden_deployment(
    client: MistralCore,
    deployment_id: str,
    *,
    workspace_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Unharden a deployment: let any principal register workers.

    Args:
        client: The client that sends the request.
        deployment_id: ID of the deployment.
        workspace_id: ID of the workspace. Defaults to the caller's.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
