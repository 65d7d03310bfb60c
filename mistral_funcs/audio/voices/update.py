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
    """Change what is said of a voice of your own.

    Args:
        client: The client to call through.
        voice_id: The id of the voice.
        name: Its new name.
        languages: The languages that it speaks.
        gender: Its gender.
        age: Its age.
        tags: What else it is known by.
        description: What it is like, in at most 500 characters.
        retention_notice: The notice of its retention, in days.
        options: What this one call does differently.

    Returns:
        The voice as it is now.
    """
    ...
