"""Schemas of realtime transcription: sessions, and the events of the server."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown, Unset
from mistral_core.schema import UNSET
from mistral_funcs.schemas.audio.realtime import AudioFormat
from mistral_funcs.schemas.audio.transcriptions import (
    TranscriptionStreamDone,
    TranscriptionStreamLanguage,
    TranscriptionStreamSegmentDelta,
    TranscriptionStreamTextDelta,
)

TurnEndReason: TypeAlias = Literal["threshold", "timeout"] | str
"""Why a turn ended. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class TurnDetectionConfig(Schema):
    """Detection of the turns of a speaker.

    Attributes:
        start_threshold: Probability of speech from which a turn starts. Defaults to 0.5.
        eager_end_threshold: Probability of an end from which `turn.eager_end` is sent. Defaults to
            0.5.
        end_threshold: Probability of speech below which a turn ends. Defaults to 0.33.
        min_silence_ms: Minimum silence before a turn ends, in milliseconds. Defaults to 500.
        end_timeout_ms: Silence after which a turn ends in any case, in milliseconds.
    """

    start_threshold: float | None | Unset = UNSET
    eager_end_threshold: float | None | Unset = UNSET
    end_threshold: float | None | Unset = UNSET
    min_silence_ms: int | None | Unset = UNSET
    end_timeout_ms: int | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class RealtimeTranscriptionSession(Schema):
    """A transcription session, as the server describes it.

    Attributes:
        request_id: The request ID to quote to the server's support.
        model: ID of the model.
        audio_format: Format of the audio.
        target_streaming_delay_ms: Delay of the transcript, in milliseconds.
        diarize: Whether speakers are identified.
        context_bias: Words to expect.
        language: Language of the audio.
        speaker_references: Names of the speakers to recognize.
        turn_detection: Detection of turns.
    """

    request_id: str | None = None
    model: str | None = None
    audio_format: AudioFormat | None = None
    target_streaming_delay_ms: int | None = None
    diarize: bool | None = None
    context_bias: list[str] | None = None
    language: str | None = None
    speaker_references: list[str] | None = None
    turn_detection: TurnDetectionConfig | None = None


@final
@attrs.frozen(kw_only=True)
class RealtimeTranscriptionSessionCreated(Schema):
    """The first event of a transcription session.

    Attributes:
        type: `"session.created"`.
        session: The session.
    """

    type: Literal["session.created"] = "session.created"
    session: RealtimeTranscriptionSession


@final
@attrs.frozen(kw_only=True)
class RealtimeTranscriptionSessionUpdated(Schema):
    """A change of a transcription session.

    Attributes:
        type: `"session.updated"`.
        session: The session after the change.
    """

    type: Literal["session.updated"] = "session.updated"
    session: RealtimeTranscriptionSession


@final
@attrs.frozen(kw_only=True)
class TurnDetectionStartEvent(Schema):
    """The start of a turn.

    Attributes:
        type: `"turn.start"`.
        time_s: Time in the audio, in seconds.
    """

    type: Literal["turn.start"] = "turn.start"
    time_s: float | None = None


@final
@attrs.frozen(kw_only=True)
class TurnDetectionEagerEndEvent(Schema):
    """The likely end of a turn, which may resume.

    Attributes:
        type: `"turn.eager_end"`.
        time_s: Time in the audio, in seconds.
    """

    type: Literal["turn.eager_end"] = "turn.eager_end"
    time_s: float | None = None


@final
@attrs.frozen(kw_only=True)
class TurnDetectionResumeEvent(Schema):
    """The continuation of a turn after its likely end.

    Attributes:
        type: `"turn.resume"`.
        time_s: Time in the audio, in seconds.
    """

    type: Literal["turn.resume"] = "turn.resume"
    time_s: float | None = None


@final
@attrs.frozen(kw_only=True)
class TurnDetectionEndEvent(Schema):
    """The end of a turn.

    Attributes:
        type: `"turn.end"`.
        time_s: Time in the audio, in seconds.
        end_reason: Why it ended.
    """

    type: Literal["turn.end"] = "turn.end"
    time_s: float | None = None
    end_reason: TurnEndReason | None = None


RealtimeTranscriptionEvent: TypeAlias = (
    RealtimeTranscriptionSessionCreated
    | RealtimeTranscriptionSessionUpdated
    | TranscriptionStreamLanguage
    | TranscriptionStreamSegmentDelta
    | TranscriptionStreamTextDelta
    | TranscriptionStreamDone
    | TurnDetectionStartEvent
    | TurnDetectionEagerEndEvent
    | TurnDetectionResumeEvent
    | TurnDetectionEndEvent
    | Unknown
)
"""An event of a transcription session, discriminated by `type`."""
