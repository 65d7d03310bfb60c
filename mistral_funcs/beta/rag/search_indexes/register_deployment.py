"""PUT /v1/rag/deployments."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.rag import (
    DeploymentStatus,
    RegisterDeploymentRequestVespaDeployment,
    RegisterSearchIndexResponseIndex,
)


@operation("PUT", "/v1/rag/deployments", returns=JSON(RegisterSearchIndexResponseIndex))
async def beta_rag_search_indexes_register_deployment(
    client: MistralCore,
    *,
    name: str,
    deployment: RegisterDeploymentRequestVespaDeployment | Mapping[str, Any],
    status: DeploymentStatus | None = None,
    options: RequestOptions | None = None,
) -> Result[RegisterSearchIndexResponseIndex, Failure]:
    """Register a deployment of search indexes, or update its registration.

    Args:
        client: The client that sends the request.
        name: Name of the deployment.
        deployment: The deployment.
        status: Whether it serves searches. Defaults to `"offline"`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The ID of the deployment.
    """
    ...
