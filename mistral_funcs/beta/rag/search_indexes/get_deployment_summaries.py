"""GET /v1/rag/deployments."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.rag import GetDeploymentSummariesResponse


@operation("GET", "/v1/rag/deployments", returns=JSON(GetDeploymentSummariesResponse))
async def beta_rag_search_indexes_get_deployment_summaries(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[GetDeploymentSummariesResponse, Failure]:
    """List deployments of search indexes.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All registered deployments. Entries that cannot be parsed are `Unknown`.
    """
    ...
