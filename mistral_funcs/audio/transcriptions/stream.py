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
    """Write down what is said in a recording, piece by piece.

    Returns:
        The stream of the pieces, to be entered before it is read. An `Err` in it is the last.
        `InvalidRequestError` where the file cannot be read.
    """
    ...
