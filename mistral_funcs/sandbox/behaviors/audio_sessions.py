"""Sessions with voice agents, without a room: nothing is served at their URL."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import attrs

from mistral_core.structuring.converter import converter
from mistral_funcs.audio.sessions.close import audio_sessions_close
from mistral_funcs.audio.sessions.create import audio_sessions_create
from mistral_funcs.audio.sessions.get import audio_sessions_get
from mistral_funcs.sandbox.behaviors.audio_agents import find_agent
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored_sessions import StoredVoiceSession
from mistral_funcs.schemas.audio.sessions import AudioSessionCreateResponse, AudioSessionResponse
from mistral_funcs.schemas.audio.voice_agent_tools import VoiceAgentFunctionTool

ROOM = "wss://livekit.sandbox.invalid"
VALID = timedelta(hours=1)


@responds_to(audio_sessions_create)
def create_session(
    state: State, arguments: Mapping[str, Any], agent_id: str | None = None
) -> AudioSessionCreateResponse:
    """Start a session with the tools of the request or, by default, of the agent."""
    tools = arguments.get("tools")
    if agent_id is not None:
        agent = find_agent(state, agent_id, arguments.get("agent_version"))
        tools = tools or (agent.configuration and agent.configuration.tools)
    now = state.moment()
    about = AudioSessionResponse(
        id=state.new_id(), status="active", num_participants=0, created_at=now
    )
    keep(state.voice_sessions, about.id, StoredVoiceSession(about, agent_id))
    functions = [converter.unstructure(each) for each in tools or ()]
    return AudioSessionCreateResponse(
        id=about.id,
        created_at=now,
        expires_at=now + VALID,
        server_url=ROOM,
        participant_token=f"token-of-{about.id}",
        function_tools=[
            converter.structure(each, VoiceAgentFunctionTool)
            for each in functions
            if each.get("type") == "function"
        ],
    )


@responds_to(audio_sessions_get)
def get_session(state: State, session_id: str) -> AudioSessionResponse:
    """Return a session."""
    return _find(state, session_id).about


@responds_to(audio_sessions_close)
def close_session(state: State, session_id: str) -> None:
    """End a session. It can still be read."""
    session = _find(state, session_id)
    session.about = attrs.evolve(session.about, status="ended")


def _find(state: State, session_id: str) -> StoredVoiceSession:
    if session_id not in state.voice_sessions:
        refuse(404, f"No session matches {session_id!r}.", "not_found")
    return state.voice_sessions[session_id]
