"""GET /v1/context/search-indexes."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.indexes import (
    ListManagedIndexesResponse,
    ManagedIndexStatus,
)


@operation("GET", "/v1/context/search-indexes", returns=JSON(ListManagedIndexesResponse))
async def beta_context_search_indexes_list(
    client: MistralCore,
    *,
    page_size: int | None = None,
    page_token: str | None = None,
    name: str | None = None,
    status: ManagedIndexStatus | None = None,
    creator_id: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListManagedIndexesResponse, Failure]:
    """List search indexes.

    Args:
        client: The client that sends the request.
        page_size: Maximum number of items per page.
        page_token: Page token: `next_page_token` of the previous page.
        name: Return only the indexes whose name contains this text, ignoring case.
        status: Return only the indexes with this status.
        creator_id: Return only the indexes of this creator.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of indexes. Entries that cannot be parsed are `Unknown`.
    """
    ...
