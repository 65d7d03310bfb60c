"""POST /v1/observability/evaluations_v2/{evaluation_slug}/runs/search."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.evaluation_runs import ListEvaluationRunsResponse
from mistral_funcs.schemas.beta.observability.filters import EvaluationRunFilterInput


@operation(
    "POST",
    "/v1/observability/evaluations_v2/{evaluation_slug}/runs/search",
    returns=JSON(ListEvaluationRunsResponse),
    body="filters",
    query=["page_size", "page"],
)
async def beta_observability_evaluations_runs_search(
    client: MistralCore,
    evaluation_slug: str,
    *,
    filters: EvaluationRunFilterInput | Mapping[str, Any] | None = None,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[ListEvaluationRunsResponse, Failure]:
    """Search the runs of an evaluation.

    Args:
        client: The client that sends the request.
        evaluation_slug: Slug of the evaluation.
        filters: Conditions on the runs.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of runs. Entries that cannot be parsed are `Unknown`.
    """
    ...
