"""GET /v1/observability/evaluation-runs_v2/{run_id}/records/{record_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.run_records import EvaluationRunRecordV2Response


@operation(
    "GET",
    "/v1/observability/evaluation-runs_v2/{run_id}/records/{record_id}",
    returns=JSON(EvaluationRunRecordV2Response),
)
async def beta_observability_evaluations_records_get(
    client: MistralCore,
    run_id: str,
    record_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[EvaluationRunRecordV2Response, Failure]:
    """Get a record of a run.

    Args:
        client: The client that sends the request.
        run_id: ID of the run.
        record_id: ID of the record.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The record, with its outputs.
    """
    ...
