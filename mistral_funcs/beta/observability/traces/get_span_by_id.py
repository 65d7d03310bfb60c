"""GET /v1/observability/traces/{trace_id}/spans/{span_id}."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.spans import GetSpan


@operation("GET", "/v1/observability/traces/{trace_id}/spans/{span_id}", returns=JSON(GetSpan))
async def beta_observability_traces_get_span_by_id(
    client: MistralCore,
    trace_id: str,
    span_id: str,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    options: RequestOptions | None = None,
) -> Result[GetSpan, Failure]:
    """Get a span of a trace.

    Args:
        client: The client that sends the request.
        trace_id: ID of the trace.
        span_id: ID of the span.
        from_: Start of the time range.
        to: End of the time range.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The span.
    """
    ...
