"""GET /v1/observability/spans/fields."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.fields import GetSpanFields


@operation("GET", "/v1/observability/spans/fields", returns=JSON(GetSpanFields))
async def beta_observability_spans_list_span_fields(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[GetSpanFields, Failure]:
    """List the fields of spans.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The fields.
    """
    ...
