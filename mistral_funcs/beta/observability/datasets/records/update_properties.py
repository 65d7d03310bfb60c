"""PUT /v1/observability/dataset-records/{dataset_record_id}/properties."""

from collections.abc import Mapping
from typing import Any

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation(
    "PUT", "/v1/observability/dataset-records/{dataset_record_id}/properties", returns=NoContent()
)
async def beta_observability_datasets_records_update_properties(
    client: MistralCore,
    dataset_record_id: str,
    *,
    properties: Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Replace the properties of a record.

    Args:
        client: The client that sends the request.
        dataset_record_id: ID of the record.
        properties: New properties.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
