"""DELETE /v1/observability/pipelines/{pipeline_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/observability/pipelines/{pipeline_id}", returns=NoContent())
async def beta_observability_evaluations_delete_pipeline(
    client: MistralCore,
    pipeline_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a pipeline.

    Args:
        client: The client that sends the request.
        pipeline_id: ID of the pipeline.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
