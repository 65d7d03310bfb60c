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
    """Stream speech generated from text.

    Returns:
        The stream of chunks. Enter it with `async with` before iterating. If it fails, the last
        item is an `Err`.
    """
    ...
