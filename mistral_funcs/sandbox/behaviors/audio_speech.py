"""Speech, generated as beeps that the sandbox can transcribe."""

from base64 import b64encode

from mistral_core import Response
from mistral_funcs.audio.speech.complete import audio_speech_complete
from mistral_funcs.sandbox.behaviors.audio_voices import decode, find_voice
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.sound import FORMATS, say
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.error_responses import refuse_body
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.audio.speech import (
    SpeechResponse,
    SpeechStreamAudioDelta,
    SpeechStreamDone,
)
from mistral_funcs.schemas.shared.usage import UsageInfo

MODEL = "voxtral-mini-tts-latest"
LONGEST_INPUT = 100_000
CHUNK = 2**10
"""Number of bytes per chunk of a stream."""


@responds_to(audio_speech_complete)
def speak(
    state: State,
    input: str,
    *,
    model: str | None = None,
    voice_id: str | None = None,
    ref_audio: str | None = None,
    response_format: str = "mp3",
    stream: bool,
) -> SpeechResponse | Response:
    """Return speech, complete or as a stream of chunks."""
    if not input:
        message = "String should have at least 1 character"
        refuse_body("string_too_short", ["body", "input"], message, "")
    if len(input) > LONGEST_INPUT:
        message = f"String should have at most {LONGEST_INPUT} characters"
        refuse_body("string_too_long", ["body", "input"], message, input[:50])
    if response_format not in FORMATS:
        invalid("response_format", f"Input should be one of {sorted(FORMATS)}", response_format)
    choose_model(state, model or MODEL, lambda card: card.capabilities.audio_speech)
    if voice_id is not None:
        find_voice(state, voice_id)
    decode(ref_audio or "", "ref_audio")
    sound = say(input, response_format)
    if not stream:
        return SpeechResponse(audio_data=b64encode(sound).decode())
    chunks = [sound[start : start + CHUNK] for start in range(0, len(sound), CHUNK)]
    read = count(input)
    done = SpeechStreamDone(
        usage=UsageInfo(prompt_tokens=read, completion_tokens=len(chunks), total_tokens=read)
    )
    events: list[SpeechStreamAudioDelta | SpeechStreamDone] = [
        SpeechStreamAudioDelta(audio_data=b64encode(chunk).decode()) for chunk in chunks
    ]
    return event_response([event_of(each, each.type) for each in (*events, done)])
