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
        from_: Beginning of the period.
        to: End of the period.
        page_size: Maximum number of items per page, from 0 to 100. Defaults to 50.
        cursor: Cursor of the page, from `next_cursor` of the page before it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of spans. An entry that cannot be read is an `Unknown`.
    """
    ...
