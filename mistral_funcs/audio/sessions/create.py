"""POST /v1/audio/sessions."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.audio.agents import (
    AudioLLMConfig,
    AudioSTTConfig,
    AudioTTSConfig,
    AudioTurnConfig,
)
from mistral_funcs.schemas.audio.sessions import AudioSessionCreateResponse
from mistral_funcs.schemas.audio.voice_agent_tools import VoiceAgentToolRequest


@operation("POST", "/v1/audio/sessions", returns=JSON(AudioSessionCreateResponse))
async def audio_sessions_create(
    client: MistralCore,
    *,
    llm: AudioLLMConfig | Mapping[str, Any] | None = None,
    tts: AudioTTSConfig | Mapping[str, Any] | None = None,
    stt: AudioSTTConfig | Mapping[str, Any] | None = None,
    turn: AudioTurnConfig | Mapping[str, Any] | None = None,
    instructions: str | None | Unset = UNSET,
    tools: Sequence[VoiceAgentToolRequest] | None | Unset = UNSET,
    welcome_message: str | None | Unset = UNSET,
    agent_id: str | None | Unset = UNSET,
    agent_version: int | None | Unset = UNSET,
    options: RequestOptions | None = None,
) -> Result[AudioSessionCreateResponse, Failure]:
    """Start a session with a voice agent.

    Args:
        client: The client that sends the request.
        llm: The language model.
        tts: Speech settings.
        stt: Transcription settings.
        turn: Turn-taking settings.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the agent may call.
        welcome_message: What the agent says first.
        agent_id: ID of the agent. The other arguments override its configuration.
        agent_version: Version number of the agent. Defaults to the latest version.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The session, with the URL and the token of a LiveKit room.
    """
    ...
