"""POST /v1/observability/datasets."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.datasets import Dataset


@operation("POST", "/v1/observability/datasets", returns=JSON(Dataset))
async def beta_observability_datasets_create(
    client: MistralCore,
    *,
    name: str,
    description: str,
    options: RequestOptions | None = None,
) -> Result[Dataset, Failure]:
    """Create an empty dataset.

    Args:
        client: The client that sends the request.
        name: Name of the dataset, at most 50 characters.
        description: Description of the dataset, at most 200 characters.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new dataset.
    """
    ...
