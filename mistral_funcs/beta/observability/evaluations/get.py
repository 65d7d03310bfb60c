"""GET /v1/observability/evaluations_v2/{evaluation_slug}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.evaluations import EvaluationV2


@operation("GET", "/v1/observability/evaluations_v2/{evaluation_slug}", returns=JSON(EvaluationV2))
async def beta_observability_evaluations_get(
    client: MistralCore,
    evaluation_slug: str,
    *,
    options: RequestOptions | None = None,
) -> Result[EvaluationV2, Failure]:
    """Get an evaluation.

    Args:
        client: The client that sends the request.
        evaluation_slug: Slug of the evaluation.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The evaluation.
    """
    ...
