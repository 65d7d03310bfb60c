"""POST /v1/observability/datasets/{dataset_id}/imports/from-dataset."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_imports import DatasetImportTask


@operation(
    "POST",
    "/v1/observability/datasets/{dataset_id}/imports/from-dataset",
    returns=JSON(DatasetImportTask),
)
async def beta_observability_datasets_import_from_dataset_records(
    client: MistralCore,
    dataset_id: str,
    *,
    dataset_record_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[DatasetImportTask, Failure]:
    """Copy records of other datasets to a dataset.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        dataset_record_ids: IDs of the records to copy, at most 10,000.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The running import.
    """
    ...
