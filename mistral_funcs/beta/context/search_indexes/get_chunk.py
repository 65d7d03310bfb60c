"""GET /v1/context/search-indexes/{index_name}/chunks/{chunk_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.search import NavigationResponse


@operation(
    "GET",
    "/v1/context/search-indexes/{index_name}/chunks/{chunk_id}",
    returns=JSON(NavigationResponse),
)
async def beta_context_search_indexes_get_chunk(
    client: MistralCore,
    index_name: str,
    chunk_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[NavigationResponse, Failure]:
    """Get a chunk of a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        chunk_id: ID of the chunk.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A response that contains only this chunk.
    """
    ...
