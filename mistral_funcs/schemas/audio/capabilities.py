"""Capabilities of audio models."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class StreamingDelayRange(Schema):
    """A range of delays. Both ends are inclusive.

    Attributes:
        min: Minimum delay, in milliseconds.
        max: Maximum delay, in milliseconds.
    """

    min: int | None = None
    max: int | None = None


@final
@attrs.frozen(kw_only=True)
class AudioTranscriptionCapabilities(Schema):
    """The audio transcription capabilities of a model.

    Attributes:
        modes: `"offline"` for recordings, `"realtime"` for live audio.
        diarization: Whether the model can identify speakers.
        context_bias: Whether the model accepts words to expect.
        turn_detection: Whether the model detects speaker turns (realtime only).
        timestamp_granularities: Levels at which the model can return timestamps (offline only).
        languages: Languages that can be set, as ISO 639-1 codes.
        streaming_delays_ms: Delays that can be set (realtime only).
    """

    modes: list[str] = attrs.field(factory=list[str])
    diarization: bool = False
    context_bias: bool = False
    turn_detection: bool = False
    timestamp_granularities: list[str] = attrs.field(factory=list[str])
    languages: list[str] = attrs.field(factory=list[str])
    streaming_delays_ms: list[StreamingDelayRange] = attrs.field(factory=list[StreamingDelayRange])


@final
@attrs.frozen(kw_only=True)
class AudioSpeechCapabilities(Schema):
    """The speech generation capabilities of a model.

    Attributes:
        modes: `"offline"` for complete texts, `"realtime"` for text that is still being generated.
        instruction: Whether the model accepts instructions.
        response_formats: Audio formats that the model can produce.
    """

    modes: list[str] = attrs.field(factory=list[str])
    instruction: bool = False
    response_formats: list[str] = attrs.field(factory=list[str])
