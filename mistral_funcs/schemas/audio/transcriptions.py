"""Schemas of the transcription operations."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.usage import UsageInfo

TimestampGranularity: TypeAlias = Literal["segment", "word"] | str
"""Level at which a transcript has timestamps. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class TranscriptionSegmentChunk(Schema):
    """A segment of a transcript.

    Attributes:
        type: `"transcription_segment"`.
        text: Transcribed text.
        start: Start time, in seconds.
        end: End time, in seconds.
        score: Confidence score.
        speaker_id: ID of the speaker, if diarization was requested.
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
    """A transcript.

    Attributes:
        model: ID of the model.
        text: The complete transcript.
        language: Language of the recording.
        segments: Segments with timestamps, if requested.
        usage: Usage of the request.
    """

    model: str | None = None
    text: str
    language: str | None = None
    segments: list[TranscriptionSegmentChunk] = attrs.field(factory=list[TranscriptionSegmentChunk])
    usage: UsageInfo = attrs.field(factory=UsageInfo)


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamTextDelta(Schema):
    """A text chunk of a transcription stream.

    Attributes:
        type: `"transcription.text.delta"`.
        text: Transcribed text.
    """

    type: Literal["transcription.text.delta"] = "transcription.text.delta"
    text: str = ""


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamLanguage(Schema):
    """The detected language of a transcription stream.

    Attributes:
        type: `"transcription.language"`.
        audio_language: Language of the recording.
    """

    type: Literal["transcription.language"] = "transcription.language"
    audio_language: str | None = None


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamSegmentDelta(Schema):
    """A segment of a transcription stream.

    Attributes:
        type: `"transcription.segment"`.
        text: Transcribed text.
        start: Start time, in seconds.
        end: End time, in seconds.
        speaker_id: ID of the speaker, if diarization was requested.
    """

    type: Literal["transcription.segment"] = "transcription.segment"
    text: str = ""
    start: float | None = None
    end: float | None = None
    speaker_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class TranscriptionStreamDone(Schema):
    """The last event of a transcription stream, with the complete transcript.

    Attributes:
        model: ID of the model.
        text: The complete transcript.
        language: Language of the recording.
        segments: Segments with timestamps, if requested.
        usage: Usage of the request.
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
"""An event of a transcription stream, discriminated by `type`."""
