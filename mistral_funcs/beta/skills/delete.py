"""DELETE /v2/skills/{skill_id}."""

from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation


@operation("DELETE", "/v2/skills/{skill_id}", returns=JSON(dict[str, Any]))
async def beta_skills_delete(
    client: MistralCore,
    skill_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[dict[str, Any], Failure]:
    """Delete a skill and all of its versions.

    Args:
        client: The client that sends the request.
        skill_id: ID of the skill.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The JSON body of the response.
    """
    ...
