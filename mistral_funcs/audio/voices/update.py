"""PATCH /v1/audio/voices/{voice_id}."""

from collections.abc import Sequence
from typing import Literal

from mistral_core import (
    JSON,
    UNSET,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    Unset,
    operation,
)
from mistral_funcs.schemas.audio.voices import VoiceResponse


@operation("PATCH", "/v1/audio/voices/{voice_id}", returns=JSON(VoiceResponse))
async def audio_voices_update(
    client: MistralCore,
    voice_id: str,
    *,
    name: str | None | Unset = UNSET,
    languages: Sequence[str] | None | Unset = UNSET,
    gender: Literal["female", "male", "neutral"] | str | None | Unset = UNSET,
    age: int | None | Unset = UNSET,
    tags: Sequence[str] | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    retention_notice: int | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[VoiceResponse, Failure]:
    """Update the details of a custom voice.

    Args:
        client: The client to use.
        voice_id: ID of the voice.
        name: New name of the voice.
        languages: Languages that the voice speaks.
        gender: Gender of the voice.
        age: Age of the voice.
        tags: Tags that describe the voice.
        description: Description of the voice, up to 500 characters.
        retention_notice: Retention notice in days.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The updated voice.
    """
    ...
