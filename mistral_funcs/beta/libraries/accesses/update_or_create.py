"""PUT /v1/libraries/{library_id}/share."""

from typing import Literal

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.libraries import EntityType, Sharing


@operation("PUT", "/v1/libraries/{library_id}/share", returns=JSON(Sharing))
async def beta_libraries_accesses_update_or_create(
    client: MistralCore,
    library_id: str,
    *,
    level: Literal["Viewer", "Editor"] | str,
    share_with_uuid: str,
    share_with_type: EntityType,
    org_id: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Sharing, Failure]:
    """Share a library, or change an existing access level.

    Only the owner of a library can share it, and only within the organization.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        level: Access level.
        share_with_uuid: ID of the user or workspace.
        share_with_type: Kind of entity that receives access.
        org_id: ID of the organization.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The access.
    """
    ...
