"""GET /v1/observability/spans/fields/{field_name}/options."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.fields import GetSpanFieldOptions


@operation(
    "GET", "/v1/observability/spans/fields/{field_name}/options", returns=JSON(GetSpanFieldOptions)
)
async def beta_observability_spans_fetch_span_field_options(
    client: MistralCore,
    field_name: str,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    options: RequestOptions | None = None,
) -> Result[GetSpanFieldOptions, Failure]:
    """List the values of a field of spans.

    Args:
        client: The client that sends the request.
        field_name: Name of the field.
        from_: Start of the time range.
        to: End of the time range.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The values.
    """
    ...
