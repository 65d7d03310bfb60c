"""POST /v1/observability/pipelines."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.pipelines import (
    LlmJudgeReference,
    Pipeline,
    PipelineConfigSelector,
)


@operation("POST", "/v1/observability/pipelines", returns=JSON(Pipeline))
async def beta_observability_evaluations_create_pipeline(
    client: MistralCore,
    *,
    name: str,
    selectors: Sequence[PipelineConfigSelector | Mapping[str, Any]],
    definitions: Sequence[LlmJudgeReference | Mapping[str, Any]],
    description: str | None | Unset = UNSET,
    enabled: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[Pipeline, Failure]:
    """Create a pipeline.

    Args:
        client: The client that sends the request.
        name: Name of the pipeline.
        selectors: Telemetry to process.
        definitions: Judges of the pipeline.
        description: Description of the pipeline.
        enabled: Whether the pipeline is enabled. Defaults to true.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new pipeline.
    """
    ...
