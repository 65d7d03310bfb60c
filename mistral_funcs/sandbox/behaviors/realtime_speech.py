"""Realtime speech: beeps for the words before each flush and before the end."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any, final

import attrs

from mistral_funcs.sandbox.behaviors.audio_speech import CHUNK
from mistral_funcs.sandbox.behaviors.audio_voices import decode, find_voice
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.behaviors.session_settings import read_settings
from mistral_funcs.sandbox.behaviors.sound import FORMATS, say
from mistral_funcs.sandbox.behaviors.tokens import count
from mistral_funcs.sandbox.channels import POLICY_VIOLATION, CloseError
from mistral_funcs.sandbox.error_responses import RefusalError, refuse
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.audio.realtime_speech import (
    RealtimeSpeechSession,
    RealtimeSpeechSessionCreated,
    RealtimeSpeechSessionUpdated,
)
from mistral_funcs.schemas.audio.speech import SpeechStreamAudioDelta, SpeechStreamDone
from mistral_funcs.schemas.shared.usage import UsageInfo

SETTINGS = {"voice", "ref_audio", "streaming_mode", "response_format", "expressiveness"}


@final
class Speech:
    """A speech session."""

    def __init__(self, state: State, model: str, request_id: str) -> None:
        """Start a session with a model that can speak."""
        card = choose_model(state, model, lambda card: card.capabilities.audio_speech)
        self._state = state
        self._session = RealtimeSpeechSession(
            request_id=request_id,
            model=card.id,
            is_ref_audio=False,
            streaming_mode="responsive",
            response_format="pcm",
            expressiveness=1.0,
        )
        self._text = ""
        self._words = self._deltas = 0
        self._has_ended = False

    def greet(self) -> object:
        """Return the first event."""
        return RealtimeSpeechSessionCreated(session=self._session)

    def receive(self, message: dict[str, Any]) -> Iterator[object]:
        """Return the events for a message of the client."""
        if self._has_ended:
            refuse(400, "The text has ended")
        match message.get("type"):
            case "session.update":
                self._update(read_settings(message, SETTINGS))
                yield RealtimeSpeechSessionUpdated(session=self._session)
            case "input_text.append":
                self._append(message.get("text"))
            case "input_text.flush":
                self._append(message.get("text") or "")
                yield from self._speak()
            case "input_text.end":
                yield from self._speak()
                self._has_ended = True
                usage = UsageInfo(
                    prompt_tokens=self._words,
                    completion_tokens=self._deltas,
                    total_tokens=self._words,
                )
                yield SpeechStreamDone(usage=usage)
            case other:
                refuse(400, f"Unknown message type: {other!r}")

    def _update(self, settings: dict[str, Any]) -> None:
        given = {name: value for name, value in settings.items() if value is not None}
        if given.get("response_format", "pcm") not in FORMATS:
            refuse(422, f"`response_format` must be one of {sorted(FORMATS)}")
        if "voice" in given:
            try:
                find_voice(self._state, given["voice"])
            except RefusalError:
                reason = f"No voice matches {given['voice']!r}"
                raise CloseError(POLICY_VIOLATION, reason) from None
        if "ref_audio" in given:
            decode(given.pop("ref_audio"), "ref_audio")
            given["is_ref_audio"] = True
        self._session = attrs.evolve(self._session, **given)

    def _append(self, text: object) -> None:
        if not isinstance(text, str):
            refuse(422, "`text` must be a string")
        self._text += text

    def _speak(self) -> Iterator[SpeechStreamAudioDelta]:
        """Yield the speech of the text since the last flush."""
        text, self._text = self._text, ""
        if not text.strip():
            return
        self._words += count(text)
        sound = say(text, self._session.response_format or "pcm")
        for start in range(0, len(sound), CHUNK):
            self._deltas += 1
            yield SpeechStreamAudioDelta(
                audio_data=b64encode(sound[start : start + CHUNK]).decode()
            )
