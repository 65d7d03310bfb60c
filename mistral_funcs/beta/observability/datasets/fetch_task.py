"""GET /v1/observability/datasets/{dataset_id}/tasks/{task_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_imports import DatasetImportTask


@operation(
    "GET",
    "/v1/observability/datasets/{dataset_id}/tasks/{task_id}",
    returns=JSON(DatasetImportTask),
)
async def beta_observability_datasets_fetch_task(
    client: MistralCore,
    dataset_id: str,
    task_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DatasetImportTask, Failure]:
    """Get an import of records.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        task_id: ID of the import.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The import.
    """
    ...
