"""GET /v1/context/search-indexes/{index_name}/summary_field/{language}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.indexes import GetSummaryResponseSummary, SummaryLanguage


@operation(
    "GET",
    "/v1/context/search-indexes/{index_name}/summary_field/{language}",
    returns=JSON(GetSummaryResponseSummary),
)
async def beta_context_search_indexes_get_index_summary(
    client: MistralCore,
    index_name: str,
    language: SummaryLanguage,
    *,
    options: RequestOptions | None = None,
) -> Result[GetSummaryResponseSummary, Failure]:
    """Get the summary of a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        language: Language of the summary.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The summary.
    """
    ...
