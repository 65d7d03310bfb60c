"""Libraries. Their counts are derived from documents and accesses."""

from collections.abc import Mapping
from typing import Any

import attrs

from mistral_funcs.beta.libraries.create import beta_libraries_create
from mistral_funcs.beta.libraries.delete import beta_libraries_delete
from mistral_funcs.beta.libraries.get import beta_libraries_get
from mistral_funcs.beta.libraries.libraries_update_v1 import beta_libraries_libraries_update_v1
from mistral_funcs.beta.libraries.list import beta_libraries_list
from mistral_funcs.beta.libraries.update import beta_libraries_update
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import check_range
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored_documents import StoredLibrary
from mistral_funcs.schemas.beta.libraries import Library, ListLibrariesResponse, PaginationInfo

OWNER = "5a9d0000-0000-4000-8000-000000000001"
CHUNK_SIZES = (256, 32_768)


@responds_to(beta_libraries_list)
def list_libraries(
    state: State, arguments: Mapping[str, Any], search: str = ""
) -> ListLibrariesResponse:
    """List the libraries whose name matches, newest first."""
    matching = [
        _reported(each)
        for each in reversed(state.libraries.values())
        if search.casefold() in (each.about.name or "").casefold()
    ]
    page, described = page_of(matching, arguments)
    return ListLibrariesResponse(
        data=[*page],
        pagination=position(described),
        next_page_token=described.get("next_page_token"),
    )


@responds_to(beta_libraries_create)
def create_library(
    state: State,
    name: str,
    description: str | None = None,
    chunk_size: int | None = None,
    owner_type: str | None = None,
) -> Library:
    """Create a library."""
    check_range("chunk_size", chunk_size, *CHUNK_SIZES)
    now = state.moment()
    about = Library(
        id=state.new_id(),
        name=name,
        description=description,
        chunk_size=chunk_size,
        owner_id=OWNER,
        owner_type=owner_type or "Workspace",
        created_at=now,
        updated_at=now,
    )
    library = StoredLibrary(about)
    keep(state.libraries, about.id, library)
    return _reported(library)


@responds_to(beta_libraries_get)
def get_library(state: State, library_id: str) -> Library:
    """Return a library."""
    return _reported(find_library(state, library_id))


@responds_to(beta_libraries_update)
@responds_to(beta_libraries_libraries_update_v1)
def update_library(state: State, library_id: str, arguments: Mapping[str, Any]) -> Library:
    """Update a library. Omitted fields keep their values."""
    library = find_library(state, library_id)
    changes = {name: arguments[name] for name in ("name", "description") if name in arguments}
    library.about = attrs.evolve(library.about, **changes, updated_at=state.moment())
    return _reported(library)


@responds_to(beta_libraries_delete)
def delete_library(state: State, library_id: str) -> Library:
    """Delete a library and its documents."""
    library = find_library(state, library_id)
    del state.libraries[library_id]
    return _reported(library)


def find_library(state: State, library_id: str) -> StoredLibrary:
    """Return a library, or respond with 404."""
    if library_id not in state.libraries:
        refuse(404, f"No library matches {library_id!r}.", "not_found")
    return state.libraries[library_id]


def position(described: Mapping[str, Any]) -> PaginationInfo:
    """Return the position of a page."""
    fields = attrs.fields_dict(PaginationInfo).keys() & described.keys()
    return PaginationInfo(**{name: described[name] for name in fields})


def _reported(library: StoredLibrary) -> Library:
    """Return a library as the API reports it now."""
    kinds = [each.share_with_type for each in library.accesses.values()]
    documents = library.documents.values()
    return attrs.evolve(
        library.about,
        nb_documents=len(documents),
        total_size=sum(len(each.content) for each in documents),
        explicit_user_members_count=kinds.count("User"),
        explicit_workspace_members_count=kinds.count("Workspace"),
    )
