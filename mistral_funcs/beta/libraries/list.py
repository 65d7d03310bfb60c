"""GET /v1/libraries."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.libraries import ListLibrariesResponse


@operation("GET", "/v1/libraries", returns=JSON(ListLibrariesResponse))
async def beta_libraries_list(
    client: MistralCore,
    *,
    page_size: int | None = None,
    page_token: str | None = None,
    page: int | None = None,
    search: str | None = None,
    filter_owned_by_me: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[ListLibrariesResponse, Failure]:
    """List the libraries that you have access to.

    Args:
        client: The client that sends the request.
        page_size: Maximum number of items per page, from 1 to 100. Defaults to 100.
        page_token: Page token: `next_page_token` of the previous page.
        page: Page number, from 0. Deprecated by the API: use `page_token`. Defaults to 0.
        search: Return only the libraries whose name contains this text, ignoring case.
        filter_owned_by_me: Whether to return only your own libraries. Deprecated by the API.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of libraries. Entries that cannot be parsed are `Unknown`.
    """
    ...
