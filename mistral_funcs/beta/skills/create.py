"""POST /v2/skills."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.skills import Skill, SkillDefinition
from mistral_funcs.schemas.shared.registry import RegistryShareRelation, RegistrySharingScope


@operation(
    "POST",
    "/v2/skills",
    returns=JSON(Skill),
    keys={"sharing_scope": "sharingScope", "workspace_relation": "workspaceRelation"},
)
async def beta_skills_create(
    client: MistralCore,
    *,
    name: str,
    definition: SkillDefinition | Mapping[str, Any],
    notes: str | None | Unset = UNSET,
    sharing_scope: RegistrySharingScope | None = None,
    aliases: Sequence[str] | None = None,
    workspace_relation: RegistryShareRelation | None = None,
    options: RequestOptions | None = None,
) -> Result[Skill, Failure]:
    """Create a skill with its first version.

    Args:
        client: The client that sends the request.
        name: Name of the skill. It cannot be changed.
        definition: Content of the version.
        notes: Notes on the version.
        sharing_scope: Who has access.
        aliases: Aliases of the version.
        workspace_relation: Whether the workspace can read it or also write it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The new skill.
    """
    ...
