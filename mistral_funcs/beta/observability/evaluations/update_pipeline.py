"""PUT /v1/observability/pipelines/{pipeline_id}."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.pipelines import (
    LlmJudgeReference,
    Pipeline,
    PipelineConfigSelector,
)


@operation("PUT", "/v1/observability/pipelines/{pipeline_id}", returns=JSON(Pipeline))
async def beta_observability_evaluations_update_pipeline(
    client: MistralCore,
    pipeline_id: str,
    *,
    name: str | None = None,
    description: str | None | Unset = UNSET,
    selectors: Sequence[PipelineConfigSelector | Mapping[str, Any]] | None = None,
    definitions: Sequence[LlmJudgeReference | Mapping[str, Any]] | None = None,
    enabled: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[Pipeline, Failure]:
    """Update a pipeline.

    Omitted fields keep their values.

    Args:
        client: The client that sends the request.
        pipeline_id: ID of the pipeline.
        name: Name of the pipeline.
        description: Description of the pipeline.
        selectors: Telemetry to process.
        definitions: Judges of the pipeline.
        enabled: Whether the pipeline is enabled.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated pipeline.
    """
    ...
