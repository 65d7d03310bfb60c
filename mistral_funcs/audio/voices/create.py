"""POST /v1/audio/voices."""

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


@operation("POST", "/v1/audio/voices", returns=JSON(VoiceResponse))
async def audio_voices_create(
    client: MistralCore,
    *,
    name: str,
    sample_audio: str,
    slug: str | None | Unset = UNSET,
    languages: Sequence[str] | None = None,
    gender: Literal["female", "male", "neutral"] | str | None | Unset = UNSET,
    age: int | None | Unset = UNSET,
    tags: Sequence[str] | None | Unset = UNSET,
    color: str | None | Unset = UNSET,
    description: str | None | Unset = UNSET,
    retention_notice: int | None = None,
    sample_filename: str | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[VoiceResponse, Failure]:
    """Create a voice from a recording.

    Args:
        client: The client to call through.
        name: The name of the voice.
        sample_audio: The recording, in base64.
        slug: The name as a part of a URL.
        languages: The languages that it speaks.
        gender: Its gender.
        age: Its age.
        tags: What else it is known by.
        color: The color that it is shown with.
        description: What it is like, in at most 500 characters.
        retention_notice: The notice of its retention, in days; by default 30.
        sample_filename: The name of the recording's file, which tells its format.
        options: What this one call does differently.

    Returns:
        The voice.
    """
    ...
