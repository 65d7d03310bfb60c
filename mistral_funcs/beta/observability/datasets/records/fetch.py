"""GET /v1/observability/dataset-records/{dataset_record_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_records import DatasetRecord


@operation(
    "GET", "/v1/observability/dataset-records/{dataset_record_id}", returns=JSON(DatasetRecord)
)
async def beta_observability_datasets_records_fetch(
    client: MistralCore,
    dataset_record_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DatasetRecord, Failure]:
    """Get a record.

    Args:
        client: The client that sends the request.
        dataset_record_id: ID of the record.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The record.
    """
    ...
