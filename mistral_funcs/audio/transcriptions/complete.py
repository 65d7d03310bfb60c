"""POST /v1/audio/transcriptions."""

from collections.abc import Mapping, Sequence

from mistral_core import (
    JSON,
    Failure,
    File,
    FileContent,
    MistralCore,
    RequestOptions,
    Result,
    operation,
)
from mistral_funcs.schemas.audio.transcriptions import TimestampGranularity, TranscriptionResponse


@operation(
    "POST",
    "/v1/audio/transcriptions",
    returns=JSON(TranscriptionResponse),
    form=True,
    files=("file",),
    audio=True,
)
async def audio_transcriptions_complete(
    client: MistralCore,
    *,
    model: str,
    file: File | FileContent | None = None,
    file_url: str | None = None,
    file_id: str | None = None,
    language: str | None = None,
    temperature: float | None = None,
    diarize: bool | None = None,
    context_bias: Sequence[str] | None = None,
    speaker_references: Mapping[str, str] | None = None,
    timestamp_granularities: Sequence[TimestampGranularity] | None = None,
    options: RequestOptions | None = None,
) -> Result[TranscriptionResponse, Failure]:
    """Transcribe a recording.

    Args:
        client: The client to use.
        model: ID of the model, such as `"voxtral-mini-latest"`.
        file: The recording: bytes, a path, an open binary file, or an async iterable of bytes. Use
            `File` to set its name and content type.
        file_url: URL of the recording, instead of `file`.
        file_id: ID of an uploaded recording, instead of `file`.
        language: Two-letter code of the spoken language. Detected by default.
        temperature: Sampling temperature.
        diarize: Whether to identify speakers. Defaults to false.
        context_bias: Words to expect in the recording, without spaces or commas.
        speaker_references: Base64 recordings of speakers to recognize, keyed by speaker name.
            Requires `diarize`.
        timestamp_granularities: Levels at which to return timestamps. Defaults to none.
        options: Per-call overrides: headers, timeout, retries, server URL. A large file on a slow
            connection may need a longer timeout than the client's.

    Returns:
        The transcript, or an `InvalidRequestError` if the file cannot be read.
    """
    ...
