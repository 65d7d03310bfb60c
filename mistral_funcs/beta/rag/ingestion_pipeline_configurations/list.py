"""GET /v1/rag/ingestion_pipeline_configurations."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, Unknown, operation
from mistral_funcs.schemas.beta.rag import IngestionPipelineConfiguration


@operation(
    "GET",
    "/v1/rag/ingestion_pipeline_configurations",
    returns=JSON(list[IngestionPipelineConfiguration | Unknown]),
)
async def beta_rag_ingestion_pipeline_configurations_list(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[list[IngestionPipelineConfiguration | Unknown], Failure]:
    """List ingestion pipelines.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All registered pipelines. Entries that cannot be parsed are `Unknown`.
    """
    ...
