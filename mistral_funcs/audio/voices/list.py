"""GET /v1/audio/voices."""

from typing import Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.voices import VoiceListResponse


@operation("GET", "/v1/audio/voices", returns=JSON(VoiceListResponse))
async def audio_voices_list(
    client: MistralCore,
    *,
    limit: int | None = None,
    offset: int | None = None,
    type: Literal["all", "custom", "preset"] | str | None = None,
    options: RequestOptions | None = None,
) -> Result[VoiceListResponse, Failure]:
    """List the available voices.

    Args:
        client: The client to use.
        limit: Maximum number of voices to return. Defaults to 10.
        offset: Number of voices to skip. Defaults to 0.
        type: Which voices to list: `"custom"`, `"preset"` or `"all"`. Defaults to all.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of voices. Entries that cannot be parsed are `Unknown`.
    """
    ...
