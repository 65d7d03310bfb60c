"""POST /v1/observability/evaluation-runs_v2/{run_id}/records/search."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.filters import EvaluationRunRecordFilterInput
from mistral_funcs.schemas.beta.observability.run_records import ListEvaluationRunRecordsResponse


@operation(
    "POST",
    "/v1/observability/evaluation-runs_v2/{run_id}/records/search",
    returns=JSON(ListEvaluationRunRecordsResponse),
    body="filters",
    query=["page_size", "page"],
)
async def beta_observability_evaluations_records_search(
    client: MistralCore,
    run_id: str,
    *,
    filters: EvaluationRunRecordFilterInput | Mapping[str, Any] | None = None,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[ListEvaluationRunRecordsResponse, Failure]:
    """Search the records of a run.

    Args:
        client: The client that sends the request.
        run_id: ID of the run.
        filters: Conditions on the records, and their order.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of records. Entries that cannot be parsed are `Unknown`.
    """
    ...
