"""POST /v2/skills/{skill_id}/versions."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.skills import CreateSkillVersionResponse, SkillDefinition


@operation("POST", "/v2/skills/{skill_id}/versions", returns=JSON(CreateSkillVersionResponse))
async def beta_skills_create_version(
    client: MistralCore,
    skill_id: str,
    *,
    definition: SkillDefinition | Mapping[str, Any],
    notes: str | None | Unset = UNSET,
    aliases: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[CreateSkillVersionResponse, Failure]:
    """Create a version of a skill.

    Args:
        client: The client that sends the request.
        skill_id: ID of the skill.
        definition: Content of the version.
        notes: Notes on the version.
        aliases: Aliases of the version.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The version number.
    """
    ...
