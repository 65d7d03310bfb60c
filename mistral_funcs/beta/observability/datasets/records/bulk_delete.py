"""POST /v1/observability/dataset-records/bulk-delete."""

from collections.abc import Sequence

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("POST", "/v1/observability/dataset-records/bulk-delete", returns=NoContent())
async def beta_observability_datasets_records_bulk_delete(
    client: MistralCore,
    *,
    dataset_record_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete several records.

    Args:
        client: The client that sends the request.
        dataset_record_ids: IDs of the records, at most 500.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
