"""GET /v1/observability/logs/fields/{field_name}/options."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.fields import GetLogFieldOptions


@operation(
    "GET", "/v1/observability/logs/fields/{field_name}/options", returns=JSON(GetLogFieldOptions)
)
async def beta_observability_logs_fetch_options(
    client: MistralCore,
    field_name: str,
    *,
    from_: datetime | None = None,
    to: datetime | None = None,
    options: RequestOptions | None = None,
) -> Result[GetLogFieldOptions, Failure]:
    """List the values of a field of logs.

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
