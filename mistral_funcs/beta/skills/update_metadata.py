"""PATCH /v2/skills/{skill_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.skills import Skill
from mistral_funcs.schemas.shared.registry import RegistryShareRelation, RegistrySharingScope


@operation(
    "PATCH",
    "/v2/skills/{skill_id}",
    returns=JSON(Skill),
    keys={"sharing_scope": "sharingScope", "workspace_relation": "workspaceRelation"},
)
async def beta_skills_update_metadata(
    client: MistralCore,
    skill_id: str,
    *,
    sharing_scope: RegistrySharingScope | None = None,
    workspace_relation: RegistryShareRelation | None = None,
    options: RequestOptions | None = None,
) -> Result[Skill, Failure]:
    """Update the metadata shared by all versions of a skill.

    Args:
        client: The client that sends the request.
        skill_id: ID of the skill.
        sharing_scope: Who has access.
        workspace_relation: Whether the workspace can read it or also write it.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated skill.
    """
    ...
