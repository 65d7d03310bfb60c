"""GET /v1/observability/logs/fields."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.fields import GetLogFields


@operation("GET", "/v1/observability/logs/fields", returns=JSON(GetLogFields))
async def beta_observability_logs_list(
    client: MistralCore,
    *,
    options: RequestOptions | None = None,
) -> Result[GetLogFields, Failure]:
    """List the fields of logs.

    Args:
        client: The client that sends the request.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The fields.
    """
    ...
