"""Accesses to libraries."""

from mistral_funcs.beta.libraries.accesses.delete import beta_libraries_accesses_delete
from mistral_funcs.beta.libraries.accesses.list import beta_libraries_accesses_list
from mistral_funcs.beta.libraries.accesses.update_or_create import (
    beta_libraries_accesses_update_or_create,
)
from mistral_funcs.sandbox.behaviors.beta_libraries import find_library
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.schemas.beta.libraries import ListSharingResponse, Sharing

ORGANIZATION = "5a9d0000-0000-4000-8000-000000000002"


@responds_to(beta_libraries_accesses_list)
def list_accesses(state: State, library_id: str) -> ListSharingResponse:
    """List who has access."""
    return ListSharingResponse(data=[*find_library(state, library_id).accesses.values()])


@responds_to(beta_libraries_accesses_update_or_create)
def share(
    state: State,
    library_id: str,
    *,
    level: str,
    share_with_uuid: str,
    share_with_type: str,
    org_id: str | None = None,
) -> Sharing:
    """Share a library, or change an access level."""
    access = Sharing(
        library_id=library_id,
        org_id=org_id or ORGANIZATION,
        role=level,
        share_with_type=share_with_type,
        share_with_uuid=share_with_uuid,
    )
    keep(find_library(state, library_id).accesses, share_with_uuid, access)
    return access


@responds_to(beta_libraries_accesses_delete)
def unshare(state: State, library_id: str, share_with_uuid: str) -> Sharing:
    """Revoke access."""
    accesses = find_library(state, library_id).accesses
    if share_with_uuid not in accesses:
        refuse(404, f"No access matches {share_with_uuid!r}.", "not_found")
    return accesses.pop(share_with_uuid)
