"""GET /v1/observability/datasets/{dataset_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.datasets import DatasetPreview


@operation("GET", "/v1/observability/datasets/{dataset_id}", returns=JSON(DatasetPreview))
async def beta_observability_datasets_fetch(
    client: MistralCore,
    dataset_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DatasetPreview, Failure]:
    """Get a dataset.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The dataset.
    """
    ...
