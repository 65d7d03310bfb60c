"""Realtime transcription: words of the sandbox's own speech, once the audio is flushed or ended."""

from base64 import b64decode
from collections.abc import Iterator
from math import ceil
from typing import Any, final

import attrs

from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.session_settings import read_settings
from mistral_funcs.sandbox.behaviors.sound import hear
from mistral_funcs.sandbox.behaviors.tokens import count, tokens
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.audio.realtime import AudioFormat
from mistral_funcs.schemas.audio.realtime_transcription import (
    RealtimeTranscriptionSession,
    RealtimeTranscriptionSessionCreated,
    RealtimeTranscriptionSessionUpdated,
    TurnDetectionEndEvent,
    TurnDetectionStartEvent,
)
from mistral_funcs.schemas.audio.transcriptions import (
    TranscriptionStreamDone,
    TranscriptionStreamLanguage,
    TranscriptionStreamSegmentDelta,
    TranscriptionStreamTextDelta,
)
from mistral_funcs.schemas.shared.usage import UsageInfo

LARGEST_APPEND = 262_144
"""Maximum number of bytes of audio in a message, before encoding."""

KEPT = 2**16
"""Bytes of audio to keep. The sandbox's speech contains its text at the beginning."""

SAMPLE_BYTES = {"pcm_s32le": 4, "pcm_f32le": 4, "pcm_mulaw": 1, "pcm_alaw": 1}
DEFAULT_FORMAT = AudioFormat(encoding="pcm_s16le", sample_rate=16_000)
SETTINGS = {field.name for field in attrs.fields(RealtimeTranscriptionSession)} - {
    "request_id",
    "model",
    "additional_properties",
}


@final
class Transcription:
    """A transcription session."""

    def __init__(self, state: State, model: str, request_id: str) -> None:
        """Start a session with a model that can transcribe."""
        card = choose_model(state, model, lambda card: card.capabilities.audio_transcription)
        self._session = RealtimeTranscriptionSession(
            request_id=request_id, model=card.id, audio_format=DEFAULT_FORMAT
        )
        self._head = bytearray()
        self._size = self._total = 0
        self._texts: list[str] = []
        self._has_ended = False

    def greet(self) -> object:
        """Return the first event."""
        return RealtimeTranscriptionSessionCreated(session=self._session)

    def receive(self, message: dict[str, Any]) -> Iterator[object]:
        """Return the events for a message of the client."""
        if self._has_ended:
            refuse(400, "The audio has ended")
        match message.get("type"):
            case "session.update":
                self._update(read_settings(message, SETTINGS))
                yield RealtimeTranscriptionSessionUpdated(session=self._session)
            case "input_audio.append":
                audio = _decoded(message.get("audio"))
                if not self._size and self._session.turn_detection:
                    yield TurnDetectionStartEvent(time_s=self._seconds())
                self._head += audio[: KEPT - len(self._head)]
                self._size += len(audio)
                self._total += len(audio)
            case "input_audio.flush":
                yield from self._flush()
            case "input_audio.end":
                yield from self._flush()
                self._has_ended = True
                yield self._done()
            case other:
                refuse(400, f"Unknown message type: {other!r}")

    def _update(self, settings: dict[str, Any]) -> None:
        if self._total:
            refuse(400, "The session cannot be updated once audio has been sent")
        from mistral_core.structuring.converter import converter  # noqa: PLC0415 - slow to import

        changed = {**settings, "audio_format": settings.get("audio_format") or DEFAULT_FORMAT}
        if settings.get("speaker_references") is not None:
            changed["speaker_references"] = [*settings["speaker_references"]]
        try:
            self._session = converter.structure(
                converter.unstructure({**attrs.asdict(self._session, recurse=False), **changed}),
                RealtimeTranscriptionSession,
            )
        except Exception as error:  # noqa: BLE001
            refuse(422, f"`session` is invalid: {error}")

    def _seconds(self) -> float:
        audio_format = self._session.audio_format or DEFAULT_FORMAT
        size = SAMPLE_BYTES.get(audio_format.encoding, 2)
        return self._total / size / audio_format.sample_rate

    def _flush(self) -> Iterator[object]:
        """Yield the words since the last flush."""
        if not self._size:
            return
        text = hear(bytes(self._head), self._size)
        self._head, self._size = bytearray(), 0
        if not self._texts:
            yield TranscriptionStreamLanguage(audio_language=self._session.language or "en")
        self._texts.append(text)
        for word in tokens(text):
            yield TranscriptionStreamTextDelta(text=word)
        if self._session.diarize:
            speaker = next(iter(self._session.speaker_references or ()), "speaker_1")
            yield TranscriptionStreamSegmentDelta(
                text=text, start=0.0, end=self._seconds(), speaker_id=speaker
            )
        if self._session.turn_detection:
            yield TurnDetectionEndEvent(time_s=self._seconds(), end_reason="threshold")

    def _done(self) -> TranscriptionStreamDone:
        text = " ".join(self._texts)
        return TranscriptionStreamDone(
            model=self._session.model,
            text=text,
            language=self._session.language or "en",
            usage=UsageInfo(
                prompt_audio_seconds=ceil(self._seconds()),
                completion_tokens=count(text),
                total_tokens=count(text),
            ),
        )


def _decoded(audio: object) -> bytes:
    try:
        data = b64decode(audio, validate=True) if isinstance(audio, str) else b""
    except ValueError:
        data = b""
    if not data:
        refuse(422, "`audio` must be base64")
    if len(data) > LARGEST_APPEND:
        refuse(413, f"`audio` has more than {LARGEST_APPEND} bytes")
    return data
