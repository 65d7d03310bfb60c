"""How the sandbox speaks: in beeps, which it understands itself."""

from base64 import b64encode
from typing import Literal, final

import attrs

from mistral_core import Response, Schema
from mistral_funcs.audio.speech.complete import audio_speech_complete
from mistral_funcs.sandbox.behaviors.audio_voices import decode, find_voice
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.sound import say
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.error_responses import refuse_body
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_as
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.audio.speech import (
    SpeechResponse,
    SpeechStreamAudioDelta,
    SpeechStreamDone,
)
from mistral_funcs.schemas.shared.usage import UsageInfo

MODEL = "voxtral-mini-tts-latest"
LONGEST_INPUT = 100_000
PIECE = 2**10
"""The bytes of a piece of a stream."""


@final
@attrs.frozen(kw_only=True)
class SpeechIn(Schema):
    """Ask for speech.

    Attributes:
        model: The id of the model.
        input: The text.
        voice_id: The id of the voice.
        ref_audio: A recording of a voice, in base64.
        response_format: What the speech is encoded as.
        stream: Whether it is to come in pieces.
    """

    model: str | None = None
    input: str
    voice_id: str | None = None
    ref_audio: str | None = None
    response_format: Literal["pcm", "wav", "mp3", "flac", "opus"] = "mp3"
    stream: bool = False


@responds_to(audio_speech_complete)
def speak(state: State, request: Incoming) -> SpeechResponse | Response:
    """Answer for `audio_speech_complete` and `audio_speech_stream`."""
    asked = read_as(request, SpeechIn)
    if not asked.input:
        message = "String should have at least 1 character"
        refuse_body("string_too_short", ["body", "input"], message, "")
    if len(asked.input) > LONGEST_INPUT:
        message = f"String should have at most {LONGEST_INPUT} characters"
        refuse_body("string_too_long", ["body", "input"], message, asked.input[:50])
    choose_model(state, asked.model or MODEL, lambda card: card.capabilities.audio_speech)
    if asked.voice_id is not None:
        find_voice(state, asked.voice_id)
    decode(asked.ref_audio or "", "ref_audio")
    sound = say(asked.input, asked.response_format)
    if not asked.stream:
        return SpeechResponse(audio_data=b64encode(sound).decode())
    pieces = [sound[start : start + PIECE] for start in range(0, len(sound), PIECE)]
    read = count(asked.input)
    done = SpeechStreamDone(
        usage=UsageInfo(prompt_tokens=read, completion_tokens=len(pieces), total_tokens=read)
    )
    events: list[SpeechStreamAudioDelta | SpeechStreamDone] = [
        SpeechStreamAudioDelta(audio_data=b64encode(piece).decode()) for piece in pieces
    ]
    return event_response([event_of(each, each.type) for each in (*events, done)])
