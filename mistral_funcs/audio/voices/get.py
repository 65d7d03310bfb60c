"""GET /v1/audio/voices/{voice_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.voices import VoiceResponse


@operation("GET", "/v1/audio/voices/{voice_id}", returns=JSON(VoiceResponse))
async def audio_voices_get(
    client: MistralCore,
    voice_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[VoiceResponse, Failure]:
    """Get a voice.

    Args:
        client: The client to call through.
        voice_id: The id of the voice.
        options: What this one call does differently.

    Returns:
        The voice.
    """
    ...
