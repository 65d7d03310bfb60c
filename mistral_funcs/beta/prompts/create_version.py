"""POST /v2/prompts/{prompt_id}/versions."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.prompts import CreatePromptVersionResponse, PromptDefinition


@operation("POST", "/v2/prompts/{prompt_id}/versions", returns=JSON(CreatePromptVersionResponse))
async def beta_prompts_create_version(
    client: MistralCore,
    prompt_id: str,
    *,
    definition: PromptDefinition | Mapping[str, Any],
    notes: str | None | Unset = UNSET,
    aliases: Sequence[str] | None = None,
    options: RequestOptions | None = None,
) -> Result[CreatePromptVersionResponse, Failure]:
    """Create a version of a prompt.

    Args:
        client: The client that sends the request.
        prompt_id: ID of the prompt.
        definition: Content of the version.
        notes: Notes on the version.
        aliases: Aliases of the version.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The version number.
    """
    ...
