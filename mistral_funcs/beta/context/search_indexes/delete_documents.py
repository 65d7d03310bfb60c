"""DELETE /v1/context/search-indexes/{index_name}/documents."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.context.indexes import DeleteDocumentsResponse


@operation(
    "DELETE",
    "/v1/context/search-indexes/{index_name}/documents",
    returns=JSON(DeleteDocumentsResponse),
    json=["document_ids"],
)
async def beta_context_search_indexes_delete_documents(
    client: MistralCore,
    index_name: str,
    *,
    document_ids: Sequence[str],
    options: RequestOptions | None = None,
) -> Result[DeleteDocumentsResponse, Failure]:
    """Delete documents from a search index.

    Args:
        client: The client that sends the request.
        index_name: Name of the index.
        document_ids: IDs of the documents.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The IDs of the documents that were deleted, and of those that were missing.
    """
    ...
