"""PATCH /v1/workflows/deployments/{name}."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.workflows.deployments import (
    DeploymentResourceConfigUpdate,
    ManagedDeploymentResponse,
    WorkflowsWorkerSpecUpdate,
)


@operation("PATCH", "/v1/workflows/deployments/{name}", returns=JSON(ManagedDeploymentResponse))
async def workflows_deployments_update_deployment(
    client: MistralCore,
    name: str,
    *,
    spec: WorkflowsWorkerSpecUpdate | Mapping[str, Any] | None | Unset = UNSET,
    resources: DeploymentResourceConfigUpdate | Mapping[str, Any] | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[ManagedDeploymentResponse, Failure]:
    """Update a deployment.

    Omitted fields keep their values.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        spec: Changes to the source and settings of the workers.
        resources: Changes to the resources.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated deployment.
    """
    ...
