"""GET /v1/observability/evaluation-runs_v2/{run_id}/statistics."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.statistics import RunStatisticsResponse


@operation(
    "GET",
    "/v1/observability/evaluation-runs_v2/{run_id}/statistics",
    returns=JSON(RunStatisticsResponse),
)
async def beta_observability_evaluations_runs_get_statistics(
    client: MistralCore,
    run_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[RunStatisticsResponse, Failure]:
    """Get the statistics of a run.

    Args:
        client: The client that sends the request.
        run_id: ID of the run.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The statistics.
    """
    ...
