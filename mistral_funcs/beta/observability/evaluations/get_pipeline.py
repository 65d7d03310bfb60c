"""GET /v1/observability/pipelines/{pipeline_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.pipelines import Pipeline


@operation("GET", "/v1/observability/pipelines/{pipeline_id}", returns=JSON(Pipeline))
async def beta_observability_evaluations_get_pipeline(
    client: MistralCore,
    pipeline_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Pipeline, Failure]:
    """Get a pipeline.

    Args:
        client: The client that sends the request.
        pipeline_id: ID of the pipeline.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The pipeline.
    """
    ...
