"""POST /v1/context/search-indexes/{index_name}/read."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.context.search import NavigationResponse


@operation("POST", "/v1/context/search-indexes/{index_name}/read", returns=JSON(NavigationResponse))
async def beta_context_search_indexes_read(
    client: MistralCore,
    index_name: str,
    *,
    source_id: str,
    start_offset: int | None | Unset = UNSET,
    end_offset: int | None | Unset = UNSET,
    top_k: int | None = None,
    content_type: str | None = None,
    options: RequestOptions | None = None,
) -> Result[NavigationResponse, Failure]:
    """Read the chunks of a source.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        source_id: ID of the source.
        start_offset: Where to start, inclusive. Defaults to the start of the source.
        end_offset: Where to end, exclusive. Defaults to the end of the source.
        top_k: Maximum number of chunks. Defaults to 20.
        content_type: Kind of chunks. Defaults to `"content"`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The chunks within the bounds, in reading order. A 404 error if the source is not in the
        index.
    """
    ...
