"""POST /v1/context/search-indexes/{index_name}/summary_field/{language}."""

from mistral_core import (
    EventStream,
    Failure,
    JSONLines,
    MistralCore,
    RequestOptions,
    Result,
    Unknown,
    operation,
)
from mistral_funcs.schemas.beta.context.indexes import (
    SummaryChunk,
    SummaryError,
    SummaryLanguage,
    SummaryMetadata,
)


@operation(
    "POST",
    "/v1/context/search-indexes/{index_name}/summary_field/{language}",
    returns=JSONLines(SummaryChunk | SummaryError | SummaryMetadata | Unknown),
    query=["force"],
)
async def beta_context_search_indexes_generate_index_summary(
    client: MistralCore,
    index_name: str,
    language: SummaryLanguage,
    *,
    force: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[EventStream[SummaryChunk | SummaryError | SummaryMetadata | Unknown], Failure]:
    """Generate a summary of a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        language: Language of the summary.
        force: Whether to generate a summary even if one exists.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A stream of a `SummaryMetadata`, followed by a `SummaryChunk` for each part of the text. If
        the generation fails, a `SummaryError` is the last event. Enter it with `async with`.
    """
    ...
