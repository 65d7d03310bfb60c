"""GET /v2/skills/{skill_id}."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.skills import Skill


@operation("GET", "/v2/skills/{skill_id}", returns=JSON(Skill))
async def beta_skills_get(
    client: MistralCore,
    skill_id: str,
    *,
    version: int | None = None,
    alias: str | None = None,
    fields: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[Skill, Failure]:
    """Get a skill.

    Args:
        client: The client that sends the request.
        skill_id: ID of the skill.
        version: Version number. Defaults to the latest version.
        alias: Alias of the version.
        fields: Fields to return. Defaults to all.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The skill in this version.
    """
    ...
