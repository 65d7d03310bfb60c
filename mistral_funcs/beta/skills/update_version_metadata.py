"""PATCH /v2/skills/{skill_id}/versions/{version}."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.skills import Skill
from mistral_funcs.schemas.shared.registry import AliasList


@operation("PATCH", "/v2/skills/{skill_id}/versions/{version}", returns=JSON(Skill))
async def beta_skills_update_version_metadata(
    client: MistralCore,
    skill_id: str,
    version: int,
    *,
    notes: str | None | Unset = UNSET,
    aliases: AliasList | Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[Skill, Failure]:
    """Update the notes and aliases of a version of a skill.

    Args:
        client: The client that sends the request.
        skill_id: ID of the skill.
        version: Version number.
        notes: Notes on the version.
        aliases: New aliases. If omitted, they do not change.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The skill in this version.
    """
    ...
