"""DELETE /v1/audio/voices/{voice_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.audio.voices import VoiceResponse


@operation("DELETE", "/v1/audio/voices/{voice_id}", returns=JSON(VoiceResponse))
async def audio_voices_delete(
    client: MistralCore,
    voice_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[VoiceResponse, Failure]:
    """Delete a voice of your own, for good.

    Args:
        client: The client to call through.
        voice_id: The id of the voice.
        options: What this one call does differently.

    Returns:
        The voice as it was.
    """
    ...
