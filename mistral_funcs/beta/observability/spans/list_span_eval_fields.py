"""GET /v1/observability/spans/evaluations/fields."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.fields import GetSpanEvaluationFields


@operation(
    "GET", "/v1/observability/spans/evaluations/fields", returns=JSON(GetSpanEvaluationFields)
)
async def beta_observability_spans_list_span_eval_fields(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[GetSpanEvaluationFields, Failure]:
    """List the fields of evaluations of spans.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The fields.
    """
    ...
