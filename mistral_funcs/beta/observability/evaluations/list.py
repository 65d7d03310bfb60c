"""GET /v1/observability/projects/{project_slug}/evaluations_v2."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.evaluations import EvaluationsV2


@operation(
    "GET", "/v1/observability/projects/{project_slug}/evaluations_v2", returns=JSON(EvaluationsV2)
)
async def beta_observability_evaluations_list(
    client: MistralCore,
    project_slug: str,
    *,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[EvaluationsV2, Failure]:
    """List the evaluations of a project.

    Args:
        client: The client that sends the request.
        project_slug: Slug of the project.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of evaluations. Entries that cannot be parsed are `Unknown`.
    """
    ...
