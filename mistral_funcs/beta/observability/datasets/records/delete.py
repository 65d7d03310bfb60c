"""DELETE /v1/observability/dataset-records/{dataset_record_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/observability/dataset-records/{dataset_record_id}", returns=NoContent())
async def beta_observability_datasets_records_delete(
    client: MistralCore,
    dataset_record_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a record.

    Args:
        client: The client that sends the request.
        dataset_record_id: ID of the record.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
