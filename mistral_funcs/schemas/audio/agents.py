"""Voice agents: how they hear, think and speak."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset
from mistral_funcs.schemas.audio.voice_agent_tools import VoiceAgentTool, VoiceAgentToolRequest


@final
@attrs.frozen(kw_only=True)
class AudioLLMConfig(Schema):
    """The language model of a voice agent.

    Attributes:
        model: ID of the model.
    """

    model: str | None = None


@final
@attrs.frozen(kw_only=True)
class AudioTurnDetectionConfig(Schema):
    """The thresholds that decide when a turn of the user ends.

    Attributes:
        start_threshold: Probability of speech from which a turn starts.
        eager_end_threshold: Probability from which the agent prepares its response before the turn
            has ended.
        end_threshold: Probability from which the turn has ended.
        min_silence_ms: Milliseconds of silence before a turn can end.
        end_timeout_ms: Milliseconds after which a turn ends in any case.
    """

    start_threshold: float | None = None
    eager_end_threshold: float | None = None
    end_threshold: float | None = None
    min_silence_ms: int | None = None
    end_timeout_ms: int | None = None


@final
@attrs.frozen(kw_only=True)
class AudioSTTConfig(Schema):
    """The transcription settings of a voice agent.

    Attributes:
        model: ID of the model.
        language: Language of the user.
        context_bias: Words and names that are likely to occur.
        target_streaming_delay_ms: Delay of the transcription to aim for, in milliseconds: the
            longer, the more exact.
        turn_detection: When a turn ends.
    """

    model: str | None = None
    language: str | None = None
    context_bias: list[str] | None = None
    target_streaming_delay_ms: int | None = None
    turn_detection: AudioTurnDetectionConfig | None = None


@final
@attrs.frozen(kw_only=True)
class AudioTTSConfig(Schema):
    """The speech settings of a voice agent.

    Attributes:
        model: ID of the model.
        voice_id: ID of the voice.
        expressiveness: How expressive the voice is.
    """

    model: str | None = None
    voice_id: str | None = None
    expressiveness: float | None = None


@final
@attrs.frozen(kw_only=True)
class AudioInactivityConfig(Schema):
    """The reaction of a voice agent to silence.

    Attributes:
        timeout_ms: Milliseconds of silence before a reminder.
        max_reminders: Maximum number of reminders before the session ends.
        messages: Reminders to say.
    """

    timeout_ms: int
    max_reminders: int
    messages: list[str] | None = None


@final
@attrs.frozen(kw_only=True)
class AudioTurnConfig(Schema):
    """The turn-taking settings of a voice agent.

    Attributes:
        allow_interruptions: Whether the user can interrupt the agent.
        inactivity: What the agent does when the user is silent.
    """

    allow_interruptions: bool | None = None
    inactivity: AudioInactivityConfig | None = None


@final
@attrs.frozen(kw_only=True)
class AudioAgentConfigurationRequest(Schema):
    """The configuration of a voice agent in a request. Omitted fields use the API's defaults.

    Attributes:
        llm: The language model.
        tts: Speech settings.
        stt: Transcription settings.
        turn: Turn-taking settings.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the agent may call.
        welcome_message: What the agent says first.
    """

    llm: AudioLLMConfig | Mapping[str, Any] | None = None
    tts: AudioTTSConfig | Mapping[str, Any] | None = None
    stt: AudioSTTConfig | Mapping[str, Any] | None = None
    turn: AudioTurnConfig | Mapping[str, Any] | None = None
    instructions: str | None | Unset = UNSET
    tools: Sequence[VoiceAgentToolRequest] | None | Unset = UNSET
    welcome_message: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class AudioAgentConfigurationResponseConfig(Schema):
    """The configuration of a voice agent.

    Attributes:
        llm: The language model.
        tts: Speech settings.
        stt: Transcription settings.
        turn: Turn-taking settings.
        instructions: Instructions for the model, as a system prompt.
        tools: Tools that the agent may call.
        welcome_message: What the agent says first.
    """

    llm: AudioLLMConfig = attrs.field(factory=AudioLLMConfig)
    tts: AudioTTSConfig = attrs.field(factory=AudioTTSConfig)
    stt: AudioSTTConfig = attrs.field(factory=AudioSTTConfig)
    turn: AudioTurnConfig = attrs.field(factory=AudioTurnConfig)
    instructions: str | None = None
    tools: list[VoiceAgentTool] | None = None
    welcome_message: str | None = None


@final
@attrs.frozen(kw_only=True)
class AudioAgentResponse(Schema):
    """A version of a voice agent.

    Attributes:
        id: ID of the agent.
        owner_id: ID of the owner.
        created_at: When it was created.
        updated_at: When it was last updated.
        name: Name of the agent.
        description: Description of the agent.
        version: Version number.
        configuration: Configuration of the agent.
    """

    id: str
    owner_id: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    name: str | None = None
    description: str | None = None
    version: int | None = None
    configuration: AudioAgentConfigurationResponseConfig | None = None


@final
@attrs.frozen(kw_only=True)
class AudioAgentListPage(Schema):
    """A page of voice agents, or of the versions of one.

    Attributes:
        data: Agents, or versions, on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    data: list[AudioAgentResponse | Unknown] = attrs.field(
        factory=list[AudioAgentResponse | Unknown]
    )
    next_page_token: str | None = None


@final
@attrs.frozen(kw_only=True)
class AudioAgentSessionSummary(Schema):
    """A session of a voice agent, without its transcript.

    Attributes:
        id: ID of the session.
        agent_id: ID of the agent.
        started_at: When the first participant joined. `None` if nobody did.
        duration: Seconds from the first participant to the end. `None` if nobody joined, or while
            it runs.
        phone_number_id: ID of the phone number that was called. `None` if the session was not a
            phone call.
    """

    id: str
    agent_id: str | None = None
    started_at: datetime | None = None
    duration: int | None = None
    phone_number_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class AudioAgentSessionListPage(Schema):
    """A page of sessions.

    Attributes:
        data: Sessions on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    data: list[AudioAgentSessionSummary | Unknown] = attrs.field(
        factory=list[AudioAgentSessionSummary | Unknown]
    )
    next_page_token: str | None = None
