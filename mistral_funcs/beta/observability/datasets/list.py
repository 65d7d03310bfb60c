"""GET /v1/observability/datasets."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.datasets import ListDatasetsResponse


@operation("GET", "/v1/observability/datasets", returns=JSON(ListDatasetsResponse))
async def beta_observability_datasets_list(
    client: MistralCore,
    *,
    page_size: int | None = None,
    page: int = 1,
    q: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListDatasetsResponse, Failure]:
    """List datasets.

    Args:
        client: The client that sends the request.
        page_size: Maximum number of items per page, from 0 to 100. Defaults to 50.
        page: Page number, from 1. Defaults to 1.
        q: Return only the datasets that contain this text.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of datasets. Entries that cannot be parsed are `Unknown`.
    """
    ...
