"""POST /v1/context/search-indexes/{index_name}/documents."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.indexes import IngestDocumentsResponse


@operation(
    "POST",
    "/v1/context/search-indexes/{index_name}/documents",
    returns=JSON(IngestDocumentsResponse),
)
async def beta_context_search_indexes_ingest_documents(
    client: MistralCore,
    index_name: str,
    *,
    documents: Sequence[Mapping[str, Any]],
    options: RequestOptions | None = None,
) -> Result[IngestDocumentsResponse, Failure]:
    """Add documents to a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        documents: The documents, with the fields that the index defines.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        Which documents were accepted and which were rejected, with the reasons.
    """
    ...
