"""POST /v1/observability/evaluation-runs_v2/search."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.evaluation_runs import SearchAllEvaluationRunsResponse
from mistral_funcs.schemas.beta.observability.filters import EvaluationRunFilterInput


@operation(
    "POST",
    "/v1/observability/evaluation-runs_v2/search",
    returns=JSON(SearchAllEvaluationRunsResponse),
    body="filters",
    query=["page_size", "page"],
)
async def beta_observability_evaluations_runs_search_all(
    client: MistralCore,
    *,
    filters: EvaluationRunFilterInput | Mapping[str, Any] | None = None,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[SearchAllEvaluationRunsResponse, Failure]:
    """Search the runs of all evaluations.

    Args:
        client: The client that sends the request.
        filters: Conditions on the runs.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of runs. Entries that cannot be parsed are `Unknown`.
    """
    ...
