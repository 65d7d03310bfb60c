"""PUT /v1/observability/dataset-records/{dataset_record_id}/payload."""

from collections.abc import Mapping
from typing import Any

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation(
    "PUT", "/v1/observability/dataset-records/{dataset_record_id}/payload", returns=NoContent()
)
async def beta_observability_datasets_records_update_payload(
    client: MistralCore,
    dataset_record_id: str,
    *,
    payload: Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Replace the payload of a record.

    Args:
        client: The client that sends the request.
        dataset_record_id: ID of the record.
        payload: New payload.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
