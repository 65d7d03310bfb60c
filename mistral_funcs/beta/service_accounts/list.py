"""GET /v1/service-accounts."""

from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.service_accounts import ListServiceAccountsResponse


@operation("GET", "/v1/service-accounts", returns=JSON(ListServiceAccountsResponse))
async def beta_service_accounts_list(
    client: MistralCore,
    *,
    offset: int,
    limit: int,
    workspace_id: str | None = None,
    include_deleted: bool | None = None,
    q: str | None = None,
    order: Literal["asc", "desc"] | str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListServiceAccountsResponse, Failure]:
    """List service accounts.

    The API requires `offset` and `limit`. Use
    `paginate(beta_service_accounts_list, client, offset=0, limit=100)` to read all of them.

    Args:
        client: The client that sends the request.
        offset: Number of service accounts to skip.
        limit: Maximum number of service accounts to return.
        workspace_id: Return only the service accounts of this workspace.
        include_deleted: Whether to include deleted service accounts.
        q: Search query.
        order: Sort order.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        One page of service accounts. Entries that cannot be parsed are `Unknown`.
    """
    ...
