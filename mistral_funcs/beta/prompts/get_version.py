"""GET /v2/prompts/{prompt_id}/versions/{version}."""

from collections.abc import Sequence

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.prompts import Prompt


@operation("GET", "/v2/prompts/{prompt_id}/versions/{version}", returns=JSON(Prompt))
async def beta_prompts_get_version(
    client: MistralCore,
    prompt_id: str,
    version: int,
    *,
    fields: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[Prompt, Failure]:
    """Get a version of a prompt.

    Args:
        client: The client that sends the request.
        prompt_id: ID of the prompt.
        version: Version number.
        fields: Fields to return. Defaults to all.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The prompt in this version.
    """
    ...
