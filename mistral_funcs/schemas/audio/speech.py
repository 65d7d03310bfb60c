"""The schemas of the speech API."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.usage import UsageInfo

SpeechOutputFormat: TypeAlias = Literal["pcm", "wav", "mp3", "flac", "opus"] | str
"""What speech is encoded as. An open set."""


@final
@attrs.frozen(kw_only=True)
class RawAudio(Schema):
    """Audio in a request.

    Attributes:
        data: The audio, in base64.
    """

    data: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class SpeechUserTurn(Schema):
    """What the user said in a conversation before.

    Attributes:
        role: `"user"`.
        audio: The recording of it.
    """

    role: Literal["user"] = "user"
    audio: RawAudio | Mapping[str, Any]


@final
@attrs.frozen(kw_only=True)
class SpeechAssistantTurn(Schema):
    """What the assistant said in a conversation before.

    Attributes:
        role: `"assistant"`.
        text: The text that it spoke.
        audio: The speech.
    """

    role: Literal["assistant"] = "assistant"
    text: str
    audio: RawAudio | Mapping[str, Any]


SpeechTurn: TypeAlias = SpeechUserTurn | SpeechAssistantTurn | Mapping[str, Any]
"""A turn of a conversation, told apart by `role`."""


def _is_base64(_: object, field: "attrs.Attribute[Any]", text: str) -> None:
    try:
        b64decode(text, validate=True)
    except ValueError as error:
        raise ValueError(f"`{field.name}` is not base64: {error}") from None


@final
@attrs.frozen(kw_only=True)
class SpeechResponse(Schema):
    """Hold speech.

    Attributes:
        audio_data: The audio, in base64.
    """

    audio_data: str = attrs.field(repr=False, validator=_is_base64)

    @property
    def audio(self) -> bytes:
        """The audio itself."""
        return b64decode(self.audio_data)


@final
@attrs.frozen(kw_only=True)
class SpeechStreamAudioDelta(Schema):
    """Hold a piece of speech.

    Attributes:
        type: `"speech.audio.delta"`.
        audio_data: The piece of the audio, in base64.
    """

    type: Literal["speech.audio.delta"] = "speech.audio.delta"
    audio_data: str = attrs.field(repr=False, validator=_is_base64)

    @property
    def audio(self) -> bytes:
        """The piece of the audio itself."""
        return b64decode(self.audio_data)


@final
@attrs.frozen(kw_only=True)
class SpeechStreamDone(Schema):
    """End a stream of speech.

    Attributes:
        type: `"speech.audio.done"`.
        usage: What the speech took.
    """

    type: Literal["speech.audio.done"] = "speech.audio.done"
    usage: UsageInfo = attrs.field(factory=UsageInfo)


SpeechStreamEventsData: TypeAlias = SpeechStreamAudioDelta | SpeechStreamDone | Unknown
"""An event of a stream of speech, told apart by `type`."""
