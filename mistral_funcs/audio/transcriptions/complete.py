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
    """Write down what is said in a recording.

    Args:
        client: The client to call through.
        model: The id of the model, such as `"voxtral-mini-latest"`.
        file: The recording: bytes, a path, an open binary file, or an asynchronous iterable of
            bytes; a `File` says its name and type too.
        file_url: In its place, the URL of the recording.
        file_id: In its place, the id of the recording among the uploaded files.
        language: The language that is spoken, in two letters; by default it is found out.
        temperature: The sampling temperature.
        diarize: Whether the speakers are told apart; by default they are not.
        context_bias: Words to expect, each without spaces and commas.
        speaker_references: Recordings of speakers to recognise, in base64, by the speakers' names.
            Requires `diarize`.
        timestamp_granularities: What of the transcript bears times; by default nothing.
        options: What this one call does differently. A large file over a slow line may need more
            than the deadline of the client.

    Returns:
        The transcript. Its `text` is what was said. `InvalidRequestError` where the file cannot be
        read.
    """
    ...
