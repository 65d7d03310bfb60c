"""POST /v1/observability/datasets/{dataset_id}/records."""

from collections.abc import Mapping
from typing import Any, Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_records import DatasetRecord


@operation("POST", "/v1/observability/datasets/{dataset_id}/records", returns=JSON(DatasetRecord))
async def beta_observability_datasets_create_record(
    client: MistralCore,
    dataset_id: str,
    *,
    payload: Mapping[str, Any],
    properties: Mapping[str, Any] | None = None,
    source: Literal["DIRECT_INPUT", "TELEMETRY_SPAN"] | str | None = None,
    options: RequestOptions | None = None,
) -> Result[DatasetRecord, Failure]:
    """Add a record to a dataset.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        payload: Content of the record: any JSON object.
        properties: Properties of the record.
        source: Origin of the record. Defaults to `"DIRECT_INPUT"`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new record.
    """
    ...
