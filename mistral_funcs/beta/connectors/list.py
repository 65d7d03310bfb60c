"""GET /v1/connectors."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.connectors.connector import (
    ConnectorsQueryFilters,
    PaginatedConnectors,
)


@operation("GET", "/v1/connectors", returns=JSON(PaginatedConnectors))
async def beta_connectors_list(
    client: MistralCore,
    *,
    query_filters: ConnectorsQueryFilters | Mapping[str, Any] | None = None,
    cursor: str | None = None,
    page_size: int | None = None,
    options: RequestOptions | None = None,
) -> Result[PaginatedConnectors, Failure]:
    """List connectors.

    Args:
        client: The client that sends the request.
        query_filters: Filters of the list.
        cursor: Page cursor: `next_cursor` of the previous page.
        page_size: Maximum number of items per page, from 1 to 1000. Defaults to 100.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of connectors. Entries that cannot be parsed are `Unknown`.
    """
    ...
