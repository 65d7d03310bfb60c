"""Transcriptions of the sandbox's own speech, and of any text sent as a recording."""

import re
from collections.abc import Sequence
from math import ceil

import attrs

from mistral_core import Response
from mistral_funcs.audio.transcriptions.complete import audio_transcriptions_complete
from mistral_funcs.sandbox.behaviors.files import find_file
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.sound import hear
from mistral_funcs.sandbox.behaviors.tokens import count, tokens
from mistral_funcs.sandbox.error_responses import refuse_body
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.sandbox.forms import Form
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
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


@responds_to(audio_transcriptions_complete)
def transcribe(
    state: State,
    model: str,
    *,
    file: Form | None = None,
    file_url: str | None = None,
    file_id: str | None = None,
    language: str = "en",
    timestamp_granularities: Sequence[str] = (),
    diarize: bool = False,
    stream: bool,
) -> TranscriptionResponse | Response:
    """Return the transcript of a recording, complete or as a stream of events."""
    for each in timestamp_granularities:
        if each not in ("segment", "word"):
            invalid("timestamp_granularities", "Input should be 'segment' or 'word'", each)
    card = choose_model(state, model, lambda card: card.capabilities.audio_transcription)
    if sum(each is not None for each in (file, file_url, file_id)) != 1:
        message = "Value error, exactly one of file, file_url and file_id must be provided."
        refuse_body("value_error", ["body"], message, {})
    recording = file.file if file else None
    if file_id is not None:
        recording = find_file(state, file_id).content
    text = f"This is {file_url}." if recording is None else hear(recording)
    segments = _segments(text, timestamp_granularities, diarize=diarize)
    response = TranscriptionResponse(
        model=card.id,
        text=text,
        language=language,
        segments=segments,
        usage=UsageInfo(
            prompt_audio_seconds=ceil(count(text) * SECONDS_OF_A_WORD),
            completion_tokens=count(text),
            total_tokens=count(text),
        ),
    )
    return _stream(response) if stream else response


def _segments(
    text: str, granularities: Sequence[str], *, diarize: bool
) -> list[TranscriptionSegmentChunk]:
    """Return the words or sentences of a transcript, with times and speakers."""
    segments: list[TranscriptionSegmentChunk] = []
    start = 0.0
    by_word = "word" in granularities
    for number, sentence in enumerate(SENTENCE.findall(text)):
        for part in tokens(sentence) if by_word else [sentence]:
            end = start + count(part) * SECONDS_OF_A_WORD
            speaker = f"speaker_{number % 2 + 1}" if diarize else None
            segments.append(
                TranscriptionSegmentChunk(text=part, start=start, end=end, speaker_id=speaker)
            )
            start = end
    return segments if granularities else []


def _stream(transcript: TranscriptionResponse) -> Response:
    """Return a transcript as a stream: its words, its segments, and the complete transcript."""
    events: list[
        TranscriptionStreamLanguage
        | TranscriptionStreamTextDelta
        | TranscriptionStreamSegmentDelta
        | TranscriptionStreamDone
    ] = [TranscriptionStreamLanguage(audio_language=transcript.language)]
    events += [TranscriptionStreamTextDelta(text=word) for word in tokens(transcript.text)]
    events += [
        TranscriptionStreamSegmentDelta(
            text=each.text, start=each.start, end=each.end, speaker_id=each.speaker_id
        )
        for each in transcript.segments
    ]
    events.append(TranscriptionStreamDone(**attrs.asdict(transcript, recurse=False)))
    return event_response([event_of(each, each.type) for each in events])
