"""GET /v1/observability/judges/{judge_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.judges import Judge


@operation("GET", "/v1/observability/judges/{judge_id}", returns=JSON(Judge))
async def beta_observability_judges_fetch(
    client: MistralCore,
    judge_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Judge, Failure]:
    """Get a judge.

    Args:
        client: The client that sends the request.
        judge_id: ID of the judge.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The judge.
    """
    ...
