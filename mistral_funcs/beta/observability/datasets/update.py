"""PATCH /v1/observability/datasets/{dataset_id}."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.datasets import DatasetPreview


@operation("PATCH", "/v1/observability/datasets/{dataset_id}", returns=JSON(DatasetPreview))
async def beta_observability_datasets_update(
    client: MistralCore,
    dataset_id: str,
    *,
    name: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[DatasetPreview, Failure]:
    """Update a dataset.

    Omitted fields keep their values.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        name: Name of the dataset.
        description: Description of the dataset.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated dataset.
    """
    ...
