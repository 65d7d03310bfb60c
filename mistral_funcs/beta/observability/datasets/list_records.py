"""GET /v1/observability/datasets/{dataset_id}/records."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_records import ListDatasetRecordsResponse


@operation(
    "GET",
    "/v1/observability/datasets/{dataset_id}/records",
    returns=JSON(ListDatasetRecordsResponse),
)
async def beta_observability_datasets_list_records(
    client: MistralCore,
    dataset_id: str,
    *,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[ListDatasetRecordsResponse, Failure]:
    """List the records of a dataset.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        page_size: Maximum number of items per page, from 0 to 100. Defaults to 50.
        page: Page number, from 1. Defaults to 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of records. Entries that cannot be parsed are `Unknown`.
    """
    ...
