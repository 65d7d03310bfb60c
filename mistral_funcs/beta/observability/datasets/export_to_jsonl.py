"""GET /v1/observability/datasets/{dataset_id}/exports/to-jsonl."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.datasets import ExportDatasetResponse


@operation(
    "GET",
    "/v1/observability/datasets/{dataset_id}/exports/to-jsonl",
    returns=JSON(ExportDatasetResponse),
)
async def beta_observability_datasets_export_to_jsonl(
    client: MistralCore,
    dataset_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ExportDatasetResponse, Failure]:
    """Export a dataset as a JSON Lines file.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The URL of the file.
    """
    ...
