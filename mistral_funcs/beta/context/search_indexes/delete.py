"""DELETE /v1/context/search-indexes/{index_name}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.indexes import DeleteManagedIndexResponse


@operation(
    "DELETE", "/v1/context/search-indexes/{index_name}", returns=JSON(DeleteManagedIndexResponse)
)
async def beta_context_search_indexes_delete(
    client: MistralCore,
    index_name: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DeleteManagedIndexResponse, Failure]:
    """Delete a search index.

    The API deletes it in the background: `beta_context_search_indexes_get` returns a 404 once it is
    deleted.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The index, with the status `"deleting"`.
    """
    ...
