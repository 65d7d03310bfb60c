"""GET /v1/observability/optimizations/{optimization_id}/trials."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.optimizations import ListOptimizationTrialsResponse


@operation(
    "GET",
    "/v1/observability/optimizations/{optimization_id}/trials",
    returns=JSON(ListOptimizationTrialsResponse),
)
async def beta_observability_evaluations_optimizations_list_trials(
    client: MistralCore,
    optimization_id: str,
    *,
    page_size: int | None = None,
    page: int = 1,
    options: RequestOptions | None = None,
) -> Result[ListOptimizationTrialsResponse, Failure]:
    """List the trials of an optimization.

    Args:
        client: The client that sends the request.
        optimization_id: ID of the optimization.
        page_size: Maximum number of items per page.
        page: Page number, from 1.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of trials. Entries that cannot be parsed are `Unknown`.
    """
    ...
