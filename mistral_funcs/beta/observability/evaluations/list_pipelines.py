"""GET /v1/observability/pipelines."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.pipelines import PipelinesResponse


@operation("GET", "/v1/observability/pipelines", returns=JSON(PipelinesResponse))
async def beta_observability_evaluations_list_pipelines(
    client: MistralCore,
    *,
    enabled: bool | None = None,
    page_size: int | None = None,
    page: int = 1,
    q: str | None = None,
    options: RequestOptions | None = None,
) -> Result[PipelinesResponse, Failure]:
    """List pipelines.

    Args:
        client: The client that sends the request.
        enabled: If true, return only enabled pipelines; if false, only disabled ones.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        q: Return only the pipelines that contain this text.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of pipelines. Entries that cannot be parsed are `Unknown`.
    """
    ...
