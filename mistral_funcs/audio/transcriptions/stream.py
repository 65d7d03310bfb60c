"""POST /v1/audio/transcriptions."""

from collections.abc import Mapping, Sequence

from mistral_core import (
    Events,
    EventStream,
    Failure,
    File,
    FileContent,
    MistralCore,
    Operation,
    RequestOptions,
    Result,
)
from mistral_funcs.schemas.audio.transcriptions import (
    TimestampGranularity,
    TranscriptionStreamDone,
    TranscriptionStreamEventsData,
)

OPERATION = Operation(
    "POST",
    "/v1/audio/transcriptions",
    returns=Events(
        TranscriptionStreamEventsData,
        is_last=lambda event: isinstance(event, TranscriptionStreamDone),
    ),
    audio=True,
)


async def audio_transcriptions_stream(
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
) -> Result[EventStream[TranscriptionStreamEventsData], Failure]:
    """Write down what is said in a recording, piece by piece.

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
        The stream of the pieces, to be entered before it is read. An `Err` in it is the last.
        `InvalidRequestError` where the file cannot be read.
    """
    if file is not None and not isinstance(file, File):
        file = File(file)
    return await client.execute(
        OPERATION,
        form={
            "stream": True,
            "model": model,
            "file_url": file_url,
            "file_id": file_id,
            "language": language,
            "temperature": temperature,
            "diarize": diarize,
            "context_bias": context_bias,
            "speaker_references": speaker_references,
            "timestamp_granularities": timestamp_granularities,
            "file": file,
        },
        options=options,
    )
