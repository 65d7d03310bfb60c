"""Schemas of the speech operations."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.usage import UsageInfo

SpeechOutputFormat: TypeAlias = Literal["pcm", "wav", "mp3", "flac", "opus"] | str
"""Audio format of generated speech. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class RawAudio(Schema):
    """Audio data in a request.

    Attributes:
        data: The audio, in base64.
    """

    data: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class SpeechUserTurn(Schema):
    """A previous turn of the user.

    Attributes:
        role: `"user"`.
        audio: Recording of the turn.
    """

    role: Literal["user"] = "user"
    audio: RawAudio | Mapping[str, Any]


@final
@attrs.frozen(kw_only=True)
class SpeechAssistantTurn(Schema):
    """A previous turn of the assistant.

    Attributes:
        role: `"assistant"`.
        text: Text of the turn.
        audio: Speech of the turn.
    """

    role: Literal["assistant"] = "assistant"
    text: str
    audio: RawAudio | Mapping[str, Any]


SpeechTurn: TypeAlias = SpeechUserTurn | SpeechAssistantTurn | Mapping[str, Any]
"""A turn of a conversation, discriminated by `role`."""


def _is_base64(_: object, field: "attrs.Attribute[Any]", text: str) -> None:
    try:
        b64decode(text, validate=True)
    except ValueError as error:
        raise ValueError(f"`{field.name}` is not base64: {error}") from None


@final
@attrs.frozen(kw_only=True)
class SpeechResponse(Schema):
    """Generated speech.

    Attributes:
        audio_data: The audio, in base64.
    """

    audio_data: str = attrs.field(repr=False, validator=_is_base64)

    @property
    def audio(self) -> bytes:
        """The audio as bytes."""
        return b64decode(self.audio_data)


@final
@attrs.frozen(kw_only=True)
class SpeechStreamAudioDelta(Schema):
    """A chunk of generated speech.

    Attributes:
        type: `"speech.audio.delta"`.
        audio_data: The audio chunk, in base64.
    """

    type: Literal["speech.audio.delta"] = "speech.audio.delta"
    audio_data: str = attrs.field(repr=False, validator=_is_base64)

    @property
    def audio(self) -> bytes:
        """The audio chunk as bytes."""
        return b64decode(self.audio_data)


@final
@attrs.frozen(kw_only=True)
class SpeechStreamDone(Schema):
    """The last event of a speech stream.

    Attributes:
        type: `"speech.audio.done"`.
        usage: Usage of the request.
    """

    type: Literal["speech.audio.done"] = "speech.audio.done"
    usage: UsageInfo = attrs.field(factory=UsageInfo)


SpeechStreamEventsData: TypeAlias = SpeechStreamAudioDelta | SpeechStreamDone | Unknown
"""An event of a speech stream, discriminated by `type`."""
