"""POST /v1/context/search-indexes/{index_name}/search."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.search import (
    KeywordRetriever,
    NearestNeighbourRetriever,
    RRFRetriever,
    SearchResponse,
)


@operation("POST", "/v1/context/search-indexes/{index_name}/search", returns=JSON(SearchResponse))
async def beta_context_search_indexes_search(
    client: MistralCore,
    index_name: str,
    *,
    retriever: KeywordRetriever | NearestNeighbourRetriever | RRFRetriever | Mapping[str, Any],
    options: RequestOptions | None = None,
) -> Result[SearchResponse, Failure]:
    """Search a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        retriever: The retriever, which defines the search.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The chunks that match, best first. Entries that cannot be parsed are `Unknown`.
    """
    ...
