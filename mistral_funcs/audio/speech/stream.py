"""POST /v1/audio/speech."""

from typing import Any

from mistral_core import Events, EventStream, Failure, Result, streamed
from mistral_funcs.audio.speech.complete import audio_speech_complete
from mistral_funcs.schemas.audio.speech import SpeechStreamDone, SpeechStreamEventsData


@streamed(
    audio_speech_complete,
    Events(SpeechStreamEventsData, last=SpeechStreamDone),
)
async def audio_speech_stream(
    *args: Any, **kwargs: Any
) -> Result[EventStream[SpeechStreamEventsData], Failure]:
    """Say a text, piece by piece.

    Returns:
        The stream of the pieces, to be entered before it is read. An `Err` in it is the last.
    """
    ...
