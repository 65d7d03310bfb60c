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
    """Create a custom voice from a recording.

    Args:
        client: The client to use.
        name: Name of the voice.
        sample_audio: The recording, in base64.
        slug: URL-friendly name.
        languages: Languages that the voice speaks.
        gender: Gender of the voice.
        age: Age of the voice.
        tags: Tags that describe the voice.
        color: Display color of the voice.
        description: Description of the voice, up to 500 characters.
        retention_notice: Retention notice in days. Defaults to 30.
        sample_filename: File name of the recording. Its extension gives the audio format.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The voice.
    """
    ...
