"""POST /v1/observability/datasets/{dataset_id}/imports/from-playground."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.dataset_imports import DatasetImportTask


@operation(
    "POST",
    "/v1/observability/datasets/{dataset_id}/imports/from-playground",
    returns=JSON(DatasetImportTask),
)
async def beta_observability_datasets_import_from_playground(
    client: MistralCore,
    dataset_id: str,
    *,
    conversation_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[DatasetImportTask, Failure]:
    """Import conversations of the playground as records.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        conversation_ids: IDs of the conversations.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The running import.
    """
    ...
