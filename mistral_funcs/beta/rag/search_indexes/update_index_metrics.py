"""PUT /v1/rag/deployments/{deployment_id}/metrics."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.rag import (
    UpdateMetricsRequestDeploymentMetricsOffline,
    UpdateMetricsRequestDeploymentMetricsOnline,
)


@operation("PUT", "/v1/rag/deployments/{deployment_id}/metrics", returns=JSON(Any), body="metrics")
async def beta_rag_search_indexes_update_index_metrics(
    client: MistralCore,
    deployment_id: str,
    *,
    metrics: UpdateMetricsRequestDeploymentMetricsOnline
    | UpdateMetricsRequestDeploymentMetricsOffline
    | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[Any, Failure]:
    """Report the metrics of a deployment.

    Args:
        client: The client that sends the request.
        deployment_id: ID of the deployment.
        metrics: Metrics of an online deployment or of an offline one.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The JSON body of the response.
    """
    ...
