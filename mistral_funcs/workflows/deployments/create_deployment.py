"""POST /v1/workflows/deployments."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.workflows.deployments import (
    DeploymentResourceConfig,
    DeploymentWorkerSpecInput,
    ManagedDeploymentResponse,
)


@operation("POST", "/v1/workflows/deployments", returns=JSON(ManagedDeploymentResponse))
async def workflows_deployments_create_deployment(
    client: MistralCore,
    *,
    name: str,
    spec: DeploymentWorkerSpecInput | Mapping[str, Any],
    resources: DeploymentResourceConfig | Mapping[str, Any] | None | Unset = UNSET,
    hardened: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[ManagedDeploymentResponse, Failure]:
    """Create a deployment on Mistral Cloud.

    Args:
        client: The client that sends the request.
        name: Name of the new deployment.
        spec: Source and settings of the workers.
        resources: Resources of the deployment.
        hardened: Whether only authorized principals can register workers. Defaults to false.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new deployment.
    """
    ...
