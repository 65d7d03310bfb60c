"""DELETE /v1/observability/judges/{judge_id}."""

from mistral_core import Failure, MistralCore, NoContent, RequestOptions, Result, operation


@operation("DELETE", "/v1/observability/judges/{judge_id}", returns=NoContent())
async def beta_observability_judges_delete(
    client: MistralCore,
    judge_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[None, Failure]:
    """Delete a judge.

    Args:
        client: The client that sends the request.
        judge_id: ID of the judge.
        options: Per-call overrides: headers, timeout, retries, server URL.
    """
    ...
