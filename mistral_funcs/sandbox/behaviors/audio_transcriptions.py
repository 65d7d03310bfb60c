"""How the sandbox writes down what is said: its own speech, and any text, word by word."""

import json
import re
from math import ceil
from typing import Any, Literal, final

import attrs

from mistral_core import Response, Schema
from mistral_funcs.audio.transcriptions.complete import audio_transcriptions_complete
from mistral_funcs.sandbox.behaviors.files import find_file
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.sound import hear
from mistral_funcs.sandbox.behaviors.tokens import count, tokens
from mistral_funcs.sandbox.error_responses import refuse_body
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.sandbox.forms import read_form
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import read_as
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.audio.transcriptions import (
    TranscriptionResponse,
    TranscriptionSegmentChunk,
    TranscriptionStreamDone,
    TranscriptionStreamLanguage,
    TranscriptionStreamSegmentDelta,
    TranscriptionStreamTextDelta,
)
from mistral_funcs.schemas.shared.usage import UsageInfo

SECONDS_OF_A_WORD = 0.5
SENTENCE = re.compile(r"[^.!?]+[.!?]*")


@final
@attrs.frozen(kw_only=True)
class TranscriptionIn(Schema):
    """Ask for a transcript.

    Attributes:
        model: The id of the model.
        file_url: The URL of the recording.
        file_id: The id of the recording.
        language: The language that is spoken.
        stream: Whether the transcript is to come in pieces.
        diarize: Whether the speakers are told apart: each sentence is another's.
        timestamp_granularities: What bears times.
    """

    model: str
    file_url: str | None = None
    file_id: str | None = None
    language: str = "en"
    stream: bool = False
    diarize: bool = False
    timestamp_granularities: list[Literal["segment", "word"]] = attrs.field(
        factory=list[Literal["segment", "word"]]
    )


@responds_to(audio_transcriptions_complete)
def transcribe(state: State, request: Incoming) -> TranscriptionResponse | Response:
    """Answer for `audio_transcriptions_complete` and `audio_transcriptions_stream`.

    In a batch the request is JSON, and a form otherwise.
    """
    recording: bytes | None = None
    if request.content_type.startswith("multipart/form-data"):
        recording, request = _from_form(request)
    asked = read_as(request, TranscriptionIn)
    card = choose_model(state, asked.model, lambda card: card.capabilities.audio_transcription)
    text = _heard(state, asked, recording)
    seconds = count(text) * SECONDS_OF_A_WORD
    whole = TranscriptionResponse(
        model=card.id,
        text=text,
        language=asked.language,
        segments=_segments(asked, text),
        usage=UsageInfo(
            prompt_audio_seconds=ceil(seconds),
            completion_tokens=count(text),
            total_tokens=count(text),
        ),
    )
    return _stream(whole) if asked.stream else whole


def _from_form(request: Incoming) -> tuple[bytes | None, Incoming]:
    """Return the file of a form, and the rest of it as a request of JSON."""
    form = read_form(request)
    truths = {"true": True, "false": False}
    fields: dict[str, Any] = {
        **form.fields,
        **{name: form.lists[name] for name in ("timestamp_granularities",) if name in form.lists},
        **{
            name: truths.get(form.fields[name], form.fields[name])
            for name in ("stream", "diarize")
            if name in form.fields
        },
    }
    return form.file, attrs.evolve(request, body=json.dumps(fields).encode())


def _heard(state: State, asked: TranscriptionIn, recording: bytes | None) -> str:
    given = [each for each in (recording, asked.file_url, asked.file_id) if each is not None]
    if len(given) != 1:
        message = "Value error, exactly one of file, file_url and file_id must be provided."
        refuse_body("value_error", ["body"], message, {})
    if asked.file_id is not None:
        recording = find_file(state, asked.file_id).content
    return hear(recording) if recording is not None else f"This is {asked.file_url}."


def _segments(asked: TranscriptionIn, text: str) -> list[TranscriptionSegmentChunk]:
    """Return the words of a text, or its sentences, with their times."""
    segments: list[TranscriptionSegmentChunk] = []
    start = 0.0
    by_word = "word" in asked.timestamp_granularities
    for number, sentence in enumerate(SENTENCE.findall(text)):
        for part in tokens(sentence) if by_word else [sentence]:
            end = start + count(part) * SECONDS_OF_A_WORD
            speaker = f"speaker_{number % 2 + 1}" if asked.diarize else None
            segments.append(
                TranscriptionSegmentChunk(text=part, start=start, end=end, speaker_id=speaker)
            )
            start = end
    return segments if asked.timestamp_granularities else []


def _stream(whole: TranscriptionResponse) -> Response:
    """Return a transcript in pieces: its words, its segments, and at last the whole of it."""
    events: list[
        TranscriptionStreamLanguage
        | TranscriptionStreamTextDelta
        | TranscriptionStreamSegmentDelta
        | TranscriptionStreamDone
    ] = [TranscriptionStreamLanguage(audio_language=whole.language)]
    events += [TranscriptionStreamTextDelta(text=word) for word in tokens(whole.text)]
    events += [
        TranscriptionStreamSegmentDelta(
            text=each.text, start=each.start, end=each.end, speaker_id=each.speaker_id
        )
        for each in whole.segments
    ]
    events.append(TranscriptionStreamDone(**attrs.asdict(whole, recurse=False)))
    return event_response([event_of(each, each.type) for each in events])
