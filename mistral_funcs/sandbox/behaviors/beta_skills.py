"""Skills, with versions and aliases."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_funcs.beta.skills.create import beta_skills_create
from mistral_funcs.beta.skills.create_version import beta_skills_create_version
from mistral_funcs.beta.skills.delete import beta_skills_delete
from mistral_funcs.beta.skills.get import beta_skills_get
from mistral_funcs.beta.skills.get_version import beta_skills_get_version
from mistral_funcs.beta.skills.list import beta_skills_list
from mistral_funcs.beta.skills.list_versions import beta_skills_list_versions
from mistral_funcs.beta.skills.update_metadata import beta_skills_update_metadata
from mistral_funcs.beta.skills.update_version_metadata import beta_skills_update_version_metadata
from mistral_funcs.sandbox.behaviors import versions
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_versions import StoredVersion, StoredVersions
from mistral_funcs.schemas.beta.skills import (
    CreateSkillVersionResponse,
    ListSkillsResponse,
    ListSkillVersionsResponse,
    Skill,
    SkillVersion,
)


@responds_to(beta_skills_list)
def list_skills(
    state: State, arguments: Mapping[str, Any], fields: Sequence[str] | None = None
) -> ListSkillsResponse:
    """List skills, each in its latest version or in the version of an alias."""
    page, token = versions.page(state.skills, arguments)
    return ListSkillsResponse(
        data=[_reported(*each, fields) for each in page], next_page_token=token
    )


@responds_to(beta_skills_create)
def create_skill(state: State, arguments: Mapping[str, Any]) -> Skill:
    """Create a skill."""
    new = versions.create(state, state.skills, "skill", arguments)
    return _reported(new, new.latest)


@responds_to(beta_skills_get)
def get_skill(
    state: State,
    skill_id: str,
    version: int | None = None,
    alias: str | None = None,
    fields: Sequence[str] | None = None,
) -> Skill:
    """Return a version of a skill."""
    stored = _find(state, skill_id)
    return _reported(stored, versions.find_version(stored, version, alias), fields)


@responds_to(beta_skills_update_metadata)
def update_skill(state: State, skill_id: str, arguments: Mapping[str, Any]) -> Skill:
    """Update the fields that all versions share."""
    stored = _find(state, skill_id)
    versions.update(state, stored, arguments)
    return _reported(stored, stored.latest)


@responds_to(beta_skills_delete)
def delete_skill(state: State, skill_id: str) -> dict[str, Any]:
    """Delete a skill and its versions."""
    _find(state, skill_id)
    del state.skills[skill_id]
    return {}


@responds_to(beta_skills_list_versions)
def list_skill_versions(state: State, skill_id: str) -> ListSkillVersionsResponse:
    """List the versions, newest first."""
    newest_first = reversed(_find(state, skill_id).versions)
    return ListSkillVersionsResponse(
        data=[SkillVersion(**versions.about_version(each)) for each in newest_first]
    )


@responds_to(beta_skills_create_version)
def create_skill_version(
    state: State, skill_id: str, arguments: Mapping[str, Any]
) -> CreateSkillVersionResponse:
    """Create a version, unless the latest one has the same content."""
    stored = _find(state, skill_id)
    return CreateSkillVersionResponse(**versions.create_version(state, stored, arguments))


@responds_to(beta_skills_get_version)
def get_skill_version(
    state: State, skill_id: str, version: int, fields: Sequence[str] | None = None
) -> Skill:
    """Return a version."""
    stored = _find(state, skill_id)
    return _reported(stored, versions.find_version(stored, version), fields)


@responds_to(beta_skills_update_version_metadata)
def update_skill_version(
    state: State, skill_id: str, version: int, arguments: Mapping[str, Any]
) -> Skill:
    """Update the notes and aliases of a version."""
    stored = _find(state, skill_id)
    chosen = versions.find_version(stored, version)
    versions.update_version(state, stored, chosen, arguments)
    return _reported(stored, chosen)


def _find(state: State, skill_id: str) -> StoredVersions:
    return versions.find(state.skills, "skill", skill_id)


def _reported(
    stored: StoredVersions, version: StoredVersion, fields: Sequence[str] | None = None
) -> Skill:
    return versions.select(Skill, versions.about(stored, version), fields)
