"""POST /v1/observability/datasets/{dataset_id}/imports/from-file."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_imports import DatasetImportTask


@operation(
    "POST",
    "/v1/observability/datasets/{dataset_id}/imports/from-file",
    returns=JSON(DatasetImportTask),
)
async def beta_observability_datasets_import_from_file(
    client: MistralCore,
    dataset_id: str,
    *,
    file_id: str,
    options: RequestOptions | None = None,
) -> Result[DatasetImportTask, Failure]:
    """Import the records of an uploaded file.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        file_id: ID of an uploaded file with the records.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The running import.
    """
    ...
