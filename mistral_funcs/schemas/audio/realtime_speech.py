"""Schemas of realtime speech: sessions, and the events of the server."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.audio.realtime import StreamingMode
from mistral_funcs.schemas.audio.speech import (
    SpeechOutputFormat,
    SpeechStreamAudioDelta,
    SpeechStreamDone,
)


@final
@attrs.frozen(kw_only=True)
class RealtimeSpeechSession(Schema):
    """A speech session, as the server describes it.

    Attributes:
        request_id: The request ID to quote to the server's support.
        model: ID of the model.
        is_ref_audio: Whether the voice is that of a reference recording.
        streaming_mode: When speech is generated.
        response_format: Audio format.
        expressiveness: Expressiveness of the speech.
        voice: ID of the voice.
    """

    request_id: str | None = None
    model: str | None = None
    is_ref_audio: bool | None = None
    streaming_mode: StreamingMode | None = None
    response_format: SpeechOutputFormat | None = None
    expressiveness: float | None = None
    voice: str | None = None


@final
@attrs.frozen(kw_only=True)
class RealtimeSpeechSessionCreated(Schema):
    """The first event of a speech session.

    Attributes:
        type: `"session.created"`.
        session: The session.
    """

    type: Literal["session.created"] = "session.created"
    session: RealtimeSpeechSession


@final
@attrs.frozen(kw_only=True)
class RealtimeSpeechSessionUpdated(Schema):
    """A change of a speech session.

    Attributes:
        type: `"session.updated"`.
        session: The session after the change.
    """

    type: Literal["session.updated"] = "session.updated"
    session: RealtimeSpeechSession


RealtimeSpeechEvent: TypeAlias = (
    RealtimeSpeechSessionCreated
    | RealtimeSpeechSessionUpdated
    | SpeechStreamAudioDelta
    | SpeechStreamDone
    | Unknown
)
"""An event of a speech session, discriminated by `type`."""
