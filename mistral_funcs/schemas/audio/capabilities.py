"""What an audio model can do."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class StreamingDelayRange(Schema):
    """A range of delays, both ends included.

    Attributes:
        min: The shortest, in milliseconds.
        max: The longest, in milliseconds.
    """

    min: int | None = None
    max: int | None = None


@final
@attrs.frozen(kw_only=True)
class AudioTranscriptionCapabilities(Schema):
    """What a model can do when it transcribes audio.

    Attributes:
        modes: `"offline"` for recordings, `"realtime"` for live audio.
        diarization: Whether it tells speakers apart.
        context_bias: Whether it accepts words to expect.
        turn_detection: Whether it detects the turns of speakers; in realtime only.
        timestamp_granularities: What of a transcript can have times; offline only.
        languages: The languages that can be set, in ISO 639-1 codes.
        streaming_delays_ms: The delays that can be set; in realtime only.
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
    """What a model can do when it speaks.

    Attributes:
        modes: `"offline"` for whole texts, `"realtime"` for text that is still being written.
        instruction: Whether it accepts instructions.
        response_formats: The formats that it can encode speech in.
    """

    modes: list[str] = attrs.field(factory=list[str])
    instruction: bool = False
    response_formats: list[str] = attrs.field(factory=list[str])
