"""DELETE /v2/prompts/{prompt_id}."""

from typing import Any

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation


@operation("DELETE", "/v2/prompts/{prompt_id}", returns=JSON(dict[str, Any]))
async def beta_prompts_delete(
    client: MistralCore,
    prompt_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[dict[str, Any], Failure]:
    """Delete a prompt and all of its versions.

    Args:
        client: The client that sends the request.
        prompt_id: ID of the prompt.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The JSON body of the response.
    """
    ...
