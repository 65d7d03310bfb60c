"""POST /v1/observability/pipeline-results/search."""

from collections.abc import Sequence
from datetime import datetime

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.span_evaluations import GetPipelineResults


@operation(
    "POST",
    "/v1/observability/pipeline-results/search",
    returns=JSON(GetPipelineResults),
    query=["from_", "to", "page_size", "cursor"],
)
async def beta_observability_spans_search_pipeline_results(
    client: MistralCore,
    *,
    pipeline_config_slugs: Sequence[str],
    from_: datetime | None = None,
    to: datetime | None = None,
    page_size: int | None = None,
    cursor: str | None = None,
    search_expression: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[GetPipelineResults, Failure]:
    """Search results of pipelines.

    Args:
        client: The client that sends the request.
        pipeline_config_slugs: Slugs of the pipeline parts.
        from_: Start of the time range.
        to: End of the time range.
        page_size: Maximum number of items per page.
        cursor: Page cursor: `next_cursor` of the previous page.
        search_expression: Search expression.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of results.
    """
    ...
