"""POST /v1/observability/evaluation-runs_v2/{run_id}/statistics/compute."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.filters import EvaluationRunRecordFilterInput
from mistral_funcs.schemas.beta.observability.statistics import RunStatisticsResponse


@operation(
    "POST",
    "/v1/observability/evaluation-runs_v2/{run_id}/statistics/compute",
    returns=JSON(RunStatisticsResponse),
    body="filters",
)
async def beta_observability_evaluations_runs_compute_statistics(
    client: MistralCore,
    run_id: str,
    *,
    filters: EvaluationRunRecordFilterInput | Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[RunStatisticsResponse, Failure]:
    """Compute statistics of some records of a run.

    Args:
        client: The client that sends the request.
        run_id: ID of the run.
        filters: Conditions on the records to count.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The statistics.
    """
    ...
