"""POST /v1/service-accounts."""

from collections.abc import Sequence

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.service_accounts import ServiceAccount


@operation("POST", "/v1/service-accounts", returns=JSON(ServiceAccount))
async def beta_service_accounts_create(
    client: MistralCore,
    *,
    name: str,
    workspace_id: str,
    description: str | None | Unset = UNSET,
    role_ids: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[ServiceAccount, Failure]:
    """Create a service account in a workspace.

    Args:
        client: The client that sends the request.
        name: Name of the service account.
        workspace_id: ID of the workspace that it belongs to.
        description: Description of the service account.
        role_ids: IDs of the roles to assign.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new service account.
    """
    ...
