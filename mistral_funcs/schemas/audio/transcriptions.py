"""The schemas of the transcriptions API."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.usage import UsageInfo

TimestampGranularity: TypeAlias = Literal["segment", "word"] | str
"""What of a transcript bears times. An open set."""


@final
@attrs.frozen(kw_only=True)
class TranscriptionSegmentChunk(Schema):
    """Hold a part of a transcript.

    Attributes:
        type: `"transcription_segment"`.
        text: What was said.
        start: When it begins, in seconds.
        end: When it ends, in seconds.
        score: How sure it is.
        speaker_id: Who said it, where that was asked for.
    """

    type: str = "transcription_segment"
    text: str = ""
    start: float | None = None
    end: float | None = None
    score: float | None = None
    speaker_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class TranscriptionResponse(Schema):
    """Hold a transcript.

    Attributes:
        model: The model that heard it.
        text: What was said, all of it.
        language: The language it was said in.
        segments: The parts of it, with their times, where that was asked for.
        usage: What the transcript took.
    """

    model: str | None = None
    text: str
    language: str | None = None
    segments: list[TranscriptionSegmentChunk] = attrs.field(factory=list[TranscriptionSegmentChunk])
    usage: UsageInfo = attrs.field(factory=UsageInfo)


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamTextDelta(Schema):
    """Hold what was said since.

    Attributes:
        type: `"transcription.text.delta"`.
        text: What was said.
    """

    type: Literal["transcription.text.delta"] = "transcription.text.delta"
    text: str = ""


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamLanguage(Schema):
    """Name the language.

    Attributes:
        type: `"transcription.language"`.
        audio_language: The language that is spoken.
    """

    type: Literal["transcription.language"] = "transcription.language"
    audio_language: str | None = None


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamSegmentDelta(Schema):
    """Hold a part of a transcript, as it comes.

    Attributes:
        type: `"transcription.segment"`.
        text: What was said.
        start: When it begins, in seconds.
        end: When it ends, in seconds.
        speaker_id: Who said it, where that was asked for.
    """

    type: Literal["transcription.segment"] = "transcription.segment"
    text: str = ""
    start: float | None = None
    end: float | None = None
    speaker_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamDone(Schema):
    """End a transcript that came piece by piece, with the whole of it.

    Attributes:
        model: The model that heard it.
        text: What was said, all of it.
        language: The language it was said in.
        segments: The parts of it, with their times, where that was asked for.
        usage: What the transcript took.
        type: `"transcription.done"`.
    """

    model: str | None = None
    text: str = ""
    language: str | None = None
    segments: list[TranscriptionSegmentChunk] = attrs.field(factory=list[TranscriptionSegmentChunk])
    usage: UsageInfo = attrs.field(factory=UsageInfo)
    type: Literal["transcription.done"] = "transcription.done"


TranscriptionStreamEventsData: TypeAlias = (
    TranscriptionStreamTextDelta
    | TranscriptionStreamLanguage
    | TranscriptionStreamSegmentDelta
    | TranscriptionStreamDone
    | Unknown
)
"""An event of a transcript that comes piece by piece, told apart by `type`."""
