"""POST /v1/observability/dataset-records/{dataset_record_id}/live-judging."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.judges import CreateJudgeRequest, JudgeOutput


@operation(
    "POST",
    "/v1/observability/dataset-records/{dataset_record_id}/live-judging",
    returns=JSON(JudgeOutput),
)
async def beta_observability_datasets_records_judge(
    client: MistralCore,
    dataset_record_id: str,
    *,
    judge_definition: CreateJudgeRequest | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[JudgeOutput, Failure]:
    """Judge a record with a judge definition that is not stored.

    Args:
        client: The client that sends the request.
        dataset_record_id: ID of the record.
        judge_definition: The judge.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The judgment.
    """
    ...
