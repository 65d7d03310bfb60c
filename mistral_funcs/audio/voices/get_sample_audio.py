"""GET /v1/audio/voices/{voice_id}/sample."""

from mistral_core import Binary, ByteStream, Failure, MistralCore, RequestOptions, Result, operation


@operation("GET", "/v1/audio/voices/{voice_id}/sample", returns=Binary("audio/wav"))
async def audio_voices_get_sample_audio(
    client: MistralCore,
    voice_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ByteStream, Failure]:
    """Get the recording of a voice.

    Args:
        client: The client to call through.
        voice_id: The id of the voice.
        options: What this one call does differently.

    Returns:
        The recording as a stream: `await stream.save(path)` writes it to a file and
        `await stream.read()` returns it. Both accept a limit, `max_bytes`.
    """
    ...
