"""GET /v2/prompts/{prompt_id}/versions."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.beta.prompts import ListPromptVersionsResponse


@operation("GET", "/v2/prompts/{prompt_id}/versions", returns=JSON(ListPromptVersionsResponse))
async def beta_prompts_list_versions(
    client: MistralCore,
    prompt_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ListPromptVersionsResponse, Failure]:
    """List the versions of a prompt.

    Args:
        client: The client that sends the request.
        prompt_id: ID of the prompt.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        All versions. Entries that cannot be parsed are `Unknown`.
    """
    ...
