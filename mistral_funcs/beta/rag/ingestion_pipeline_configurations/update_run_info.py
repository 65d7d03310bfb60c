"""PUT /v1/rag/ingestion_pipeline_configurations/{id}/run_info."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.rag import IngestionPipelineConfiguration


@operation(
    "PUT",
    "/v1/rag/ingestion_pipeline_configurations/{id}/run_info",
    returns=JSON(IngestionPipelineConfiguration),
)
async def beta_rag_ingestion_pipeline_configurations_update_run_info(
    client: MistralCore,
    id: str,
    *,
    execution_time: datetime,
    chunks_count: int,
    options: RequestOptions | None = None,
) -> Result[IngestionPipelineConfiguration, Failure]:
    """Report a run of an ingestion pipeline.

    Args:
        client: The client that sends the request.
        id: ID of the pipeline.
        execution_time: When the run was executed.
        chunks_count: Number of chunks of the run, from 0 to 2,147,483,647.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated pipeline.
    """
    ...
