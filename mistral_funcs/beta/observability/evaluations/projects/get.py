"""GET /v1/observability/projects/{project_slug}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.evaluations import Project


@operation("GET", "/v1/observability/projects/{project_slug}", returns=JSON(Project))
async def beta_observability_evaluations_projects_get(
    client: MistralCore,
    project_slug: str,
    *,
    options: RequestOptions | None = None,
) -> Result[Project, Failure]:
    """Get a project.

    Args:
        client: The client that sends the request.
        project_slug: Slug of the project.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The project.
    """
    ...
