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
        client: The client to use.
        voice_id: ID of the voice.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The voice.
    """
    ...
