"""GET /v1/observability/optimizations/{optimization_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.observability.optimizations import OptimizationDetail


@operation(
    "GET", "/v1/observability/optimizations/{optimization_id}", returns=JSON(OptimizationDetail)
)
async def beta_observability_evaluations_optimizations_get(
    client: MistralCore,
    optimization_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[OptimizationDetail, Failure]:
    """Get an optimization.

    Args:
        client: The client that sends the request.
        optimization_id: ID of the optimization.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The optimization, with its project and evaluation.
    """
    ...
