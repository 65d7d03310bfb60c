"""POST /v1/context/search-indexes/{index_name}/navigate."""

from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.search import NavigationResponse


@operation(
    "POST", "/v1/context/search-indexes/{index_name}/navigate", returns=JSON(NavigationResponse)
)
async def beta_context_search_indexes_navigate(
    client: MistralCore,
    index_name: str,
    *,
    source_id: str,
    start_offset: int,
    end_offset: int,
    direction: Literal["next", "previous"] | str,
    top_k: int | None = None,
    content_type: str | None = None,
    options: RequestOptions | None = None,
) -> Result[NavigationResponse, Failure]:
    """Read the chunks before or after a position in a source.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        source_id: ID of the source.
        start_offset: Start of the position in the source.
        end_offset: End of the position in the source.
        direction: `"next"` reads forward from `end_offset`, `"previous"` reads backward from
            `start_offset`.
        top_k: Maximum number of chunks. Defaults to 1.
        content_type: Kind of chunks. Defaults to `"content"`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The chunks, in reading order. A 404 error if the source is not in the index.
    """
    ...
