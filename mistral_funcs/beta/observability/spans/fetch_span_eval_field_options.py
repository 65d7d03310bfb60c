"""GET /v1/observability/spans/evaluations/fields/{field_name}/options."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.fields import GetSpanEvaluationFieldOptions


@operation(
    "GET",
    "/v1/observability/spans/evaluations/fields/{field_name}/options",
    returns=JSON(GetSpanEvaluationFieldOptions),
)
async def beta_observability_spans_fetch_span_eval_field_options(
    client: MistralCore,
    field_name: str,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    options: RequestOptions | None = None,
) -> Result[GetSpanEvaluationFieldOptions, Failure]:
    """List the values of a field of evaluations of spans.

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
