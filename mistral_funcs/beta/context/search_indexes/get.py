"""GET /v1/context/search-indexes/{index_name}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.indexes import ManagedIndexResponse


@operation("GET", "/v1/context/search-indexes/{index_name}", returns=JSON(ManagedIndexResponse))
async def beta_context_search_indexes_get(
    client: MistralCore,
    index_name: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ManagedIndexResponse, Failure]:
    """Get a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The index.
    """
    ...
