"""DELETE /v1/rag/deployments/{deployment_id}."""

from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation


@operation("DELETE", "/v1/rag/deployments/{deployment_id}", returns=JSON(Any))
async def beta_rag_search_indexes_unregister_deployment(
    client: MistralCore,
    deployment_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Any, Failure]:
    """Unregister a deployment of search indexes.

    Args:
        client: The client that sends the request.
        deployment_id: ID of the deployment.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The JSON body of the response.
    """
    ...
