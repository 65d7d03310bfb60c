"""Prompts, with versions and aliases."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_funcs.beta.prompts.create import beta_prompts_create
from mistral_funcs.beta.prompts.create_version import beta_prompts_create_version
from mistral_funcs.beta.prompts.delete import beta_prompts_delete
from mistral_funcs.beta.prompts.get import beta_prompts_get
from mistral_funcs.beta.prompts.get_version import beta_prompts_get_version
from mistral_funcs.beta.prompts.list import beta_prompts_list
from mistral_funcs.beta.prompts.list_versions import beta_prompts_list_versions
from mistral_funcs.beta.prompts.update_metadata import beta_prompts_update_metadata
from mistral_funcs.beta.prompts.update_version_metadata import beta_prompts_update_version_metadata
from mistral_funcs.sandbox.behaviors import versions
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_versions import StoredVersion, StoredVersions
from mistral_funcs.schemas.beta.prompts import (
    CreatePromptVersionResponse,
    ListPromptsResponse,
    ListPromptVersionsResponse,
    Prompt,
    PromptVersion,
)


@responds_to(beta_prompts_list)
def list_prompts(
    state: State, arguments: Mapping[str, Any], fields: Sequence[str] | None = None
) -> ListPromptsResponse:
    """List prompts, each in its latest version or in the version of an alias."""
    page, token = versions.page(state.prompts, arguments)
    return ListPromptsResponse(
        data=[_reported(*each, fields) for each in page], next_page_token=token
    )


@responds_to(beta_prompts_create)
def create_prompt(state: State, arguments: Mapping[str, Any]) -> Prompt:
    """Create a prompt."""
    new = versions.create(state, state.prompts, "prompt", arguments)
    return _reported(new, new.latest)


@responds_to(beta_prompts_get)
def get_prompt(
    state: State,
    prompt_id: str,
    version: int | None = None,
    alias: str | None = None,
    fields: Sequence[str] | None = None,
) -> Prompt:
    """Return a version of a prompt."""
    stored = _find(state, prompt_id)
    return _reported(stored, versions.find_version(stored, version, alias), fields)


@responds_to(beta_prompts_update_metadata)
def update_prompt(state: State, prompt_id: str, arguments: Mapping[str, Any]) -> Prompt:
    """Update the fields that all versions share."""
    stored = _find(state, prompt_id)
    versions.update(state, stored, arguments)
    return _reported(stored, stored.latest)


@responds_to(beta_prompts_delete)
def delete_prompt(state: State, prompt_id: str) -> dict[str, Any]:
    """Delete a prompt and its versions."""
    _find(state, prompt_id)
    del state.prompts[prompt_id]
    return {}


@responds_to(beta_prompts_list_versions)
def list_prompt_versions(state: State, prompt_id: str) -> ListPromptVersionsResponse:
    """List the versions, newest first."""
    newest_first = reversed(_find(state, prompt_id).versions)
    return ListPromptVersionsResponse(
        data=[PromptVersion(**versions.about_version(each)) for each in newest_first]
    )


@responds_to(beta_prompts_create_version)
def create_prompt_version(
    state: State, prompt_id: str, arguments: Mapping[str, Any]
) -> CreatePromptVersionResponse:
    """Create a version, unless the latest one has the same content."""
    stored = _find(state, prompt_id)
    return CreatePromptVersionResponse(**versions.create_version(state, stored, arguments))


@responds_to(beta_prompts_get_version)
def get_prompt_version(
    state: State, prompt_id: str, version: int, fields: Sequence[str] | None = None
) -> Prompt:
    """Return a version."""
    stored = _find(state, prompt_id)
    return _reported(stored, versions.find_version(stored, version), fields)


@responds_to(beta_prompts_update_version_metadata)
def update_prompt_version(
    state: State, prompt_id: str, version: int, arguments: Mapping[str, Any]
) -> Prompt:
    """Update the notes and aliases of a version."""
    stored = _find(state, prompt_id)
    chosen = versions.find_version(stored, version)
    versions.update_version(state, stored, chosen, arguments)
    return _reported(stored, chosen)


def _find(state: State, prompt_id: str) -> StoredVersions:
    return versions.find(state.prompts, "prompt", prompt_id)


def _reported(
    stored: StoredVersions, version: StoredVersion, fields: Sequence[str] | None = None
) -> Prompt:
    return versions.select(Prompt, versions.about(stored, version), fields)
