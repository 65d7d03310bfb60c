"""GET /v1/observability/optimizations."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.optimizations import ListOptimizationsResponse


@operation("GET", "/v1/observability/optimizations", returns=JSON(ListOptimizationsResponse))
async def beta_observability_evaluations_optimizations_list(
    client: MistralCore,
    *,
    project: str | None = None,
    evaluation: str | None = None,
    status: str | None = None,
    algorithm: str | None = None,
    tags: Sequence[str] | None = None,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[ListOptimizationsResponse, Failure]:
    """List optimizations.

    Args:
        client: The client that sends the request.
        project: Return only the optimizations of the project with this slug.
        evaluation: Return only the optimizations of the evaluation with this slug.
        status: Return only the optimizations with this status.
        algorithm: Return only the optimizations with this algorithm.
        tags: Return only the optimizations with these tags.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of optimizations. Entries that cannot be parsed are `Unknown`.
    """
    ...
