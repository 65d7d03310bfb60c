"""GET /v1/observability/traces/{trace_id}/spans."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.spans import GetSpans


@operation("GET", "/v1/observability/traces/{trace_id}/spans", returns=JSON(GetSpans))
async def beta_observability_traces_get_trace_spans(
    client: MistralCore,
    trace_id: str,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    page_size: int | None = None,
    cursor: str | None = None,
    options: RequestOptions | None = None,
) -> Result[GetSpans, Failure]:
    """List the spans of a trace.

    Args:
        client: The client that sends the request.
        trace_id: ID of the trace.
        from_: Start of the time range.
        to: End of the time range.
        page_size: Maximum number of items per page, from 0 to 100. Defaults to 50.
        cursor: Page cursor: `next_cursor` of the previous page.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of spans. Entries that cannot be parsed are `Unknown`.
    """
    ...
