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
    """List the voices, some of them.

    Args:
        client: The client to call through.
        limit: The most voices to list; by default 10.
        offset: How many voices to pass over before.
        type: Only the voices that are your own, or that are not; by default all.
        options: What this one call does differently.

    Returns:
        The voices. One that cannot be read stands among them as `Unknown`, and fails nothing.
    """
    ...
