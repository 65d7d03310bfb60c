"""GET /v1/observability/traces/{trace_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.traces import GetTrace


@operation("GET", "/v1/observability/traces/{trace_id}", returns=JSON(GetTrace))
async def beta_observability_traces_get_trace_by_id(
    client: MistralCore,
    trace_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[GetTrace, Failure]:
    """Get a trace.

    Args:
        client: The client that sends the request.
        trace_id: ID of the trace.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The trace.
    """
    ...
