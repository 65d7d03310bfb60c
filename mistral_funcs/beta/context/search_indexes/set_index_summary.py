"""PUT /v1/context/search-indexes/{index_name}/summary_field/{language}."""

from typing import Any, Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.indexes import SummaryLanguage


@operation(
    "PUT", "/v1/context/search-indexes/{index_name}/summary_field/{language}", returns=JSON(Any)
)
async def beta_context_search_indexes_set_index_summary(
    client: MistralCore,
    index_name: str,
    language: SummaryLanguage,
    *,
    content: str,
    status: Literal["handwritten", "generated_confirmed"] | str,
    translated: bool,
    options: RequestOptions | None = None,
) -> Result[Any, Failure]:
    """Set the summary of a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        language: Language of the summary.
        content: The summary.
        status: How the summary was written.
        translated: Whether it is a translation.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The JSON body of the response.
    """
    ...
