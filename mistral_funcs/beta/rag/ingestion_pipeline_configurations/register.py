"""PUT /v1/rag/ingestion_pipeline_configurations."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.rag import (
    IngestionPipelineConfiguration,
    IngestionPipelineTargetIndexRef,
)


@operation(
    "PUT", "/v1/rag/ingestion_pipeline_configurations", returns=JSON(IngestionPipelineConfiguration)
)
async def beta_rag_ingestion_pipeline_configurations_register(
    client: MistralCore,
    *,
    name: str,
    pipeline_composition: Mapping[str, str] | None | Unset = UNSET,
    target_indexes: (
        Sequence[IngestionPipelineTargetIndexRef | Mapping[str, Any]] | None | Unset
    ) = UNSET,
    options: RequestOptions | None = None,
) -> Result[IngestionPipelineConfiguration, Failure]:
    """Register an ingestion pipeline.

    Args:
        client: The client that sends the request.
        name: Name of the pipeline.
        pipeline_composition: Components of the pipeline, by their role.
        target_indexes: Indexes that the pipeline writes to.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The registered pipeline.
    """
    ...
