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
        q: Return only the projects with this text in their name.
        page_size: Maximum number of items per page.
        page: Number of the page, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of projects. An entry that cannot be read is an `Unknown`.
    """
    ...
