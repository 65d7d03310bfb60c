"""The sessions with voice agents that a sandbox stores."""

from typing import TYPE_CHECKING, final

import attrs

if TYPE_CHECKING:
    from mistral_funcs.schemas.audio.sessions import AudioSessionResponse


@final
@attrs.define
class StoredVoiceSession:
    """A session with a voice agent.

    Attributes:
        about: The session as the API reports it. Tests may give it a transcript.
        agent_id: ID of the agent, if it has one.
    """

    about: "AudioSessionResponse"
    agent_id: str | None = None
