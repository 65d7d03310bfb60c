"""Sessions with voice agents and their transcripts."""

from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.audio.voice_agent_tools import VoiceAgentFunctionTool


@final
@attrs.frozen(kw_only=True)
class AudioSessionCreateResponse(Schema):
    """A new session, with what is needed to join its LiveKit room.

    Attributes:
        id: ID of the session.
        participant_token: Token to join the room. Not part of the repr.
        server_url: URL of the LiveKit server.
        created_at: When it was created.
        expires_at: When the token expires.
        function_tools: All functions that the agent may call.
    """

    id: str
    participant_token: str | None = attrs.field(default=None, repr=False)
    server_url: str | None = None
    created_at: datetime | None = None
    expires_at: datetime | None = None
    function_tools: list[VoiceAgentFunctionTool | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class AudioToolCall(Schema):
    """A tool call of a voice agent.

    Attributes:
        id: ID of the call.
        name: Name of the tool.
        arguments: Arguments as JSON. `None` if they are not available.
    """

    id: str
    name: str | None = None
    arguments: str | None = None


@final
@attrs.frozen(kw_only=True)
class AudioLatencyBreakdownAssistant(Schema):
    """The latency of a response of the agent.

    Attributes:
        llm_ttft_ms: Time to the first token, in milliseconds.
        llm_duration_ms: Time of the language model, in milliseconds.
        tts_ttfb_ms: Time to the first audio, in milliseconds.
        tts_duration_ms: Time of the speech synthesis, in milliseconds.
        e2e_latency_ms: From the end of the user's turn to the first sound, in milliseconds.
    """

    llm_ttft_ms: float | None = None
    llm_duration_ms: float | None = None
    tts_ttfb_ms: float | None = None
    tts_duration_ms: float | None = None
    e2e_latency_ms: float | None = None


@final
@attrs.frozen(kw_only=True)
class AudioLatencyBreakdownUser(Schema):
    """The latency of a transcription of the user.

    Attributes:
        transcription_delay_ms: From the end of speech to its transcript, in milliseconds.
        end_of_turn_delay_ms: From the end of speech to the end of the turn, in milliseconds.
    """

    transcription_delay_ms: float | None = None
    end_of_turn_delay_ms: float | None = None


@final
@attrs.frozen(kw_only=True)
class AudioAssistantTranscriptTurn(Schema):
    """A turn of the agent.

    Attributes:
        role: `"assistant"`.
        timestamp: When the turn started.
        latency: Latency of the turn, by step.
        content: Text as the user heard it.
        duration_ms: Duration in milliseconds.
        is_interruption: Whether the user interrupted the agent.
        tool_calls: Tools that the agent called. Each result is a later turn.
    """

    role: Literal["assistant"] = "assistant"
    timestamp: datetime | None = None
    latency: AudioLatencyBreakdownAssistant = attrs.field(factory=AudioLatencyBreakdownAssistant)
    content: str | None = None
    duration_ms: float | None = None
    is_interruption: bool = False
    tool_calls: list[AudioToolCall | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class AudioToolTranscriptTurn(Schema):
    """The result of a tool call.

    Attributes:
        role: `"tool"`.
        tool_call_id: ID of the call.
        name: Name of the tool.
        status: Whether the tool succeeded.
        timestamp: When the tool started.
        result: Result as JSON or text. `None` if it is not available.
        duration_ms: Duration in milliseconds.
    """

    role: Literal["tool"] = "tool"
    tool_call_id: str | None = None
    name: str | None = None
    status: Literal["success", "error", "unknown"] | str | None = None
    timestamp: datetime | None = None
    result: Any | None = None
    duration_ms: float | None = None


@final
@attrs.frozen(kw_only=True)
class AudioUserTranscriptTurn(Schema):
    """A turn of the user.

    Attributes:
        role: `"user"`.
        timestamp: When the turn started.
        latency: Latency of the turn, by step.
        content: The recognized text.
        duration_ms: Duration in milliseconds.
    """

    role: Literal["user"] = "user"
    timestamp: datetime | None = None
    latency: AudioLatencyBreakdownUser = attrs.field(factory=AudioLatencyBreakdownUser)
    content: str | None = None
    duration_ms: float | None = None


AudioTranscriptTurn: TypeAlias = (
    AudioAssistantTranscriptTurn | AudioToolTranscriptTurn | AudioUserTranscriptTurn | Unknown
)
"""A turn of a transcript, discriminated by `role`."""


@final
@attrs.frozen(kw_only=True)
class AudioSessionPhoneNumber(Schema):
    """A phone number of an agent.

    Attributes:
        id: ID of the phone number.
        identifier: What callers dial.
        name: Name of the phone number.
    """

    id: str
    identifier: str | None = None
    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class AudioSessionPhoneCall(Schema):
    """The phone call of a session.

    Attributes:
        phone_number_id: ID of the phone number.
        phone_number: The phone number. `None` if it is no longer in use.
    """

    phone_number_id: str | None = None
    phone_number: AudioSessionPhoneNumber | None = None


@final
@attrs.frozen(kw_only=True)
class AudioSessionResponse(Schema):
    """A session and its transcript.

    Attributes:
        id: ID of the session.
        status: Whether the session is active.
        num_participants: Number of participants.
        created_at: When it was created.
        phone_call: The phone call. `None` if the session is not a phone call.
        transcripts: The turns, oldest first. `None` if there is no transcript yet. Turns that
            cannot be parsed are `Unknown`.
    """

    id: str
    status: Literal["active", "ended"] | str | None = None
    num_participants: int | None = None
    created_at: datetime | None = None
    phone_call: AudioSessionPhoneCall | None = None
    transcripts: list[AudioTranscriptTurn] | None = None
