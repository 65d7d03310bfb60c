"""GET /v1/libraries/{library_id}/documents."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.libraries import ListDocumentsResponse


@operation("GET", "/v1/libraries/{library_id}/documents", returns=JSON(ListDocumentsResponse))
async def beta_libraries_documents_list(
    client: MistralCore,
    library_id: str,
    *,
    search: str | None = None,
    page_size: int | None = None,
    page: int | None = None,
    filters_attributes: str | None = None,
    sort_by: str | None = None,
    sort_order: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListDocumentsResponse, Failure]:
    """List the documents of a library.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        search: Return only the documents that match this text.
        page_size: Maximum number of items per page, from 1 to 100. Defaults to 100.
        page: Page number, from 0. Defaults to 0.
        filters_attributes: Filter of the attributes. Deprecated by the API.
        sort_by: Field to sort by. Defaults to `"created_at"`.
        sort_order: Sort direction. Defaults to `"desc"`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of documents. Entries that cannot be parsed are `Unknown`.
    """
    ...
