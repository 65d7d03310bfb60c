"""GET /v1/audio/voices/{voice_id}/sample."""

from mistral_core import Binary, ByteStream, Failure, MistralCore, RequestOptions, Result, operation


@operation("GET", "/v1/audio/voices/{voice_id}/sample", returns=Binary("audio/wav"))
async def audio_voices_get_sample_audio(
    client: MistralCore,
    voice_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[ByteStream, Failure]:
    """Download the sample recording of a voice.

    Args:
        client: The client to use.
        voice_id: ID of the voice.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The recording as a stream. `await stream.save(path)` writes it to a file;
        `await stream.read()` returns its bytes. Both accept a size limit, `max_bytes`.
    """
    ...
