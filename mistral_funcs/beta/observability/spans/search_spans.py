"""POST /v1/observability/spans/search."""

from datetime import datetime

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.spans import GetSpans


@operation(
    "POST",
    "/v1/observability/spans/search",
    returns=JSON(GetSpans),
    query=["from_", "to", "page_size", "cursor"],
)
async def beta_observability_spans_search_spans(
    client: MistralCore,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    page_size: int | None = None,
    cursor: str | None = None,
    search_expression: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[GetSpans, Failure]:
    """Search spans.

    Args:
        client: The client that sends the request.
        from_: Start of the time range.
        to: End of the time range.
        page_size: Maximum number of items per page, from 0 to 100. Defaults to 50.
        cursor: Page cursor: `next_cursor` of the previous page.
        search_expression: Search expression.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of spans. Entries that cannot be parsed are `Unknown`.
    """
    ...
