"""GET /v1/observability/traces/fields."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.fields import GetTraceFields


@operation("GET", "/v1/observability/traces/fields", returns=JSON(GetTraceFields))
async def beta_observability_traces_get_trace_fields(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[GetTraceFields, Failure]:
    """List the fields of traces.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The fields.
    """
    ...
