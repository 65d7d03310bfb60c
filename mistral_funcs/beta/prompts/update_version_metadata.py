"""PATCH /v2/prompts/{prompt_id}/versions/{version}."""

from collections.abc import Mapping
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.prompts import Prompt
from mistral_funcs.schemas.shared.registry import AliasList


@operation("PATCH", "/v2/prompts/{prompt_id}/versions/{version}", returns=JSON(Prompt))
async def beta_prompts_update_version_metadata(
    client: MistralCore,
    prompt_id: str,
    version: int,
    *,
    notes: str | None | Unset = UNSET,
    aliases: AliasList | Mapping[str, Any] | None = None,
    options: RequestOptions | None = None,
) -> Result[Prompt, Failure]:
    """Update the notes and aliases of a version of a prompt.

    Args:
        client: The client that sends the request.
        prompt_id: ID of the prompt.
        version: Version number.
        notes: Notes on the version.
        aliases: New aliases. If omitted, they do not change.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The prompt in this version.
    """
    ...
