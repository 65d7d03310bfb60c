"""POST /v1/observability/logs/search."""

from datetime import datetime
from typing import Literal

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.logs import GetLogs


@operation(
    "POST",
    "/v1/observability/logs/search",
    returns=JSON(GetLogs),
    query=["from_", "to", "page_size", "cursor"],
)
async def beta_observability_logs_search(
    client: MistralCore,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    page_size: int | None = None,
    cursor: str | None = None,
    search_expression: str | None | Unset = UNSET,
    order: Literal["asc", "desc"] | str | None = None,
    options: RequestOptions | None = None,
) -> Result[GetLogs, Failure]:
    """Search logs.

    Args:
        client: The client that sends the request.
        from_: Start of the time range.
        to: End of the time range.
        page_size: Maximum number of items per page, from 0 to 100. Defaults to 50.
        cursor: Page cursor: `next_cursor` of the previous page.
        search_expression: Search expression.
        order: Sort order: `"asc"` or `"desc"`. Defaults to `"desc"`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of log records.
    """
    ...
