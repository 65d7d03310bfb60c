"""GET /v2/prompts."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.prompts import ListPromptsResponse
from mistral_funcs.schemas.shared.registry import ListSortDirection, ListSortField


@operation(
    "GET",
    "/v2/prompts",
    returns=JSON(ListPromptsResponse),
    keys={
        "page_size": "pageSize",
        "page_token": "pageToken",
        "sort_field": "sort.field",
        "sort_direction_query_parameter": "sort.direction",
        "sort_direction_query_parameter1": "sort_direction",
    },
)
async def beta_prompts_list(
    client: MistralCore,
    *,
    page_size: int | None = None,
    page_token: str | None = None,
    alias: str | None = None,
    fields: Sequence[str] | None = None,
    sort_field: ListSortField | None = None,
    sort_direction_query_parameter: ListSortDirection | None = None,
    sort_by: str | None = None,
    sort_direction_query_parameter1: str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListPromptsResponse, Failure]:
    """List prompts.

    Args:
        client: The client that sends the request.
        page_size: Maximum number of items per page.
        page_token: Page token: `next_page_token` of the previous page.
        alias: Return only the prompts with this alias, in the version that it names.
        fields: Fields to return. Defaults to all.
        sort_field: Field to sort by. Defaults to the time of creation.
        sort_direction_query_parameter: Sort direction. Defaults to descending for times and
            ascending for strings.
        sort_by: Short form of `sort_field`: `created_at`, `last_modified_at`, `name` or `title`.
        sort_direction_query_parameter1: Short form of `sort_direction_query_parameter`: `asc` or
            `desc`.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of prompts. Entries that cannot be parsed are `Unknown`.
    """
    ...
