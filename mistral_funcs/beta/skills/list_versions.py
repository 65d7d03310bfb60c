"""GET /v2/skills/{skill_id}/versions."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.skills import ListSkillVersionsResponse


@operation("GET", "/v2/skills/{skill_id}/versions", returns=JSON(ListSkillVersionsResponse))
async def beta_skills_list_versions(
    client: MistralCore,
    skill_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ListSkillVersionsResponse, Failure]:
    """List the versions of a skill.

    Args:
        client: The client that sends the request.
        skill_id: ID of the skill.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All versions. Entries that cannot be parsed are `Unknown`.
    """
    ...
