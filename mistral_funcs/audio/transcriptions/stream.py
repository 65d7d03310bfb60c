"""POST /v1/audio/transcriptions."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.audio.transcriptions.complete import audio_transcriptions_complete
from mistral_funcs.schemas.audio.transcriptions import (
    TranscriptionStreamDone,
    TranscriptionStreamEventsData,
)


@streamed(
    audio_transcriptions_complete,
    Events(
        TranscriptionStreamEventsData,
        last=TranscriptionStreamDone,
    ),
)
async def audio_transcriptions_stream(
    *args: Any, **kwargs: Any
) -> Result[EventStream[TranscriptionStreamEventsData], Failure]:
    """Transcribe a recording and stream the transcript.

    Returns:
        The stream of events. Enter it with `async with` before iterating. If it fails, the last
        item is an `Err`: an `InvalidRequestError` if the file cannot be read.
    """
    ...
