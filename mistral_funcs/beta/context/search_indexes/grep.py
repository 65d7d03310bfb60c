"""POST /v1/context/search-indexes/{index_name}/grep."""

from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.search import NavigationResponse


@operation("POST", "/v1/context/search-indexes/{index_name}/grep", returns=JSON(NavigationResponse))
async def beta_context_search_indexes_grep(
    client: MistralCore,
    index_name: str,
    *,
    source_id: str,
    pattern: str,
    mode: Literal["phrase", "term"] | str | None = None,
    top_k: int | None = None,
    content_type: str | None = None,
    options: RequestOptions | None = None,
) -> Result[NavigationResponse, Failure]:
    """Find text in a source.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        source_id: ID of the source.
        pattern: Text to find.
        mode: `"phrase"` finds the exact pattern, ignoring case; `"term"` finds chunks with all of
            its words.
        top_k: Maximum number of chunks. Defaults to 5.
        content_type: Kind of chunks. Defaults to `"content"`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The chunks that contain it, in reading order. A 404 error if the source is not in the index.
    """
    ...
