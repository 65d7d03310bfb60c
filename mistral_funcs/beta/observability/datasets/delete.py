"""DELETE /v1/observability/datasets/{dataset_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/observability/datasets/{dataset_id}", returns=NoContent())
async def beta_observability_datasets_delete(
    client: MistralCore,
    dataset_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a dataset.

    Args:
        client: The client that sends the request.
        dataset_id: ID or slug of the dataset.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
