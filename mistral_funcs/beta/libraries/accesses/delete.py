"""DELETE /v1/libraries/{library_id}/share."""

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.libraries import EntityType, Sharing


@operation(
    "DELETE",
    "/v1/libraries/{library_id}/share",
    returns=JSON(Sharing),
    json=["share_with_uuid", "share_with_type", "org_id"],
)
async def beta_libraries_accesses_delete(
    client: MistralCore,
    library_id: str,
    *,
    share_with_uuid: str,
    share_with_type: EntityType,
    org_id: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[Sharing, Failure]:
    """Revoke access to a library.

    Args:
        client: The client that sends the request.
        library_id: ID of the library.
        share_with_uuid: ID of the user or workspace.
        share_with_type: Kind of entity that loses access.
        org_id: ID of the organization.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The revoked access.
    """
    ...
