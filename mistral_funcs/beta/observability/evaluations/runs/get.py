"""GET /v1/observability/evaluation-runs_v2/{run_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.evaluation_runs import EvaluationRunV2Response


@operation(
    "GET", "/v1/observability/evaluation-runs_v2/{run_id}", returns=JSON(EvaluationRunV2Response)
)
async def beta_observability_evaluations_runs_get(
    client: MistralCore,
    run_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[EvaluationRunV2Response, Failure]:
    """Get a run.

    Args:
        client: The client that sends the request.
        run_id: ID of the run.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The run.
    """
    ...
