"""GET /v1/observability/projects."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.evaluations import Projects


@operation("GET", "/v1/observability/projects", returns=JSON(Projects))
async def beta_observability_evaluations_projects_list(
    client: MistralCore,
    *,
    q: str | None = None,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[Projects, Failure]:
    """List projects.

    Args:
        client: The client that sends the request.
        q: Return only the projects whose name contains this text.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of projects. Entries that cannot be parsed are `Unknown`.
    """
    ...
