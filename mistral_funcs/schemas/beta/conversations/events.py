"""Events of streamed responses of conversations."""

from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.beta.conversations.conversation import ConversationUsageInfo
from mistral_funcs.schemas.beta.conversations.entries import (
    ConfirmationStatus,
    MessageOutputContentChunks,
)
from mistral_funcs.schemas.shared.chunks import BuiltInConnectors, text_of


@final
@attrs.frozen(kw_only=True)
class ResponseStartedEvent(Schema):
    """The first event of a response.

    Attributes:
        type: `"conversation.response.started"`.
        conversation_id: ID of the conversation.
        created_at: When it was created.
    """

    type: Literal["conversation.response.started"] = "conversation.response.started"
    conversation_id: str
    created_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class MessageOutputEvent(Schema):
    """A part of a message from the model.

    Attributes:
        type: `"message.output.delta"`.
        role: `"assistant"`.
        id: ID of the entry.
        content: Added text, or an added chunk.
        created_at: When it was created.
        output_index: Index of the entry in the outputs of the response.
        content_index: Index of the chunk in the content of the message.
        model: ID of the model.
        agent_id: ID of the agent.
    """

    type: Literal["message.output.delta"] = "message.output.delta"
    role: Literal["assistant"] = "assistant"
    id: str
    content: str | MessageOutputContentChunks = ""
    created_at: datetime | None = None
    output_index: int = 0
    content_index: int = 0
    model: str | None = None
    agent_id: str | None = None

    @property
    def text(self) -> str:
        """The added text. Empty if the event adds something else."""
        content = self.content
        return text_of(content if isinstance(content, str) else [content])


@final
@attrs.frozen(kw_only=True)
class FunctionCallEvent(Schema):
    """A part of a function call.

    Attributes:
        type: `"function.call.delta"`.
        id: ID of the entry.
        name: Name of the function.
        tool_call_id: ID of the call. The `FunctionResultEntry` with the result repeats it.
        arguments: Added part of the arguments, which are JSON.
        created_at: When it was created.
        output_index: Index of the entry in the outputs of the response.
        model: ID of the model.
        agent_id: ID of the agent.
        confirmation_status: Whether the call was confirmed. A connector's call that is `"pending"`
            waits for `tool_confirmations`. `None` if it needs no confirmation.
    """

    type: Literal["function.call.delta"] = "function.call.delta"
    id: str
    name: str | None = None
    tool_call_id: str | None = None
    arguments: str = ""
    created_at: datetime | None = None
    output_index: int = 0
    model: str | None = None
    agent_id: str | None = None
    confirmation_status: ConfirmationStatus | None = None


@final
@attrs.frozen(kw_only=True)
class ToolExecutionStartedEvent(Schema):
    """The start of the execution of a tool hosted by Mistral.

    Attributes:
        type: `"tool.execution.started"`.
        id: ID of the entry.
        name: Name of the tool.
        arguments: Arguments so far.
        created_at: When it was created.
        output_index: Index of the entry in the outputs of the response.
        model: ID of the model.
        agent_id: ID of the agent.
    """

    type: Literal["tool.execution.started"] = "tool.execution.started"
    id: str
    name: BuiltInConnectors | None = None
    arguments: str = ""
    created_at: datetime | None = None
    output_index: int = 0
    model: str | None = None
    agent_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class ToolExecutionDeltaEvent(Schema):
    """A part of the arguments of a tool execution.

    Attributes:
        type: `"tool.execution.delta"`.
        id: ID of the entry.
        name: Name of the tool.
        arguments: Added part of the arguments, which are JSON.
        created_at: When it was created.
        output_index: Index of the entry in the outputs of the response.
    """

    type: Literal["tool.execution.delta"] = "tool.execution.delta"
    id: str
    name: BuiltInConnectors | None = None
    arguments: str = ""
    created_at: datetime | None = None
    output_index: int = 0


@final
@attrs.frozen(kw_only=True)
class ToolExecutionDoneEvent(Schema):
    """The end of a tool execution.

    Attributes:
        type: `"tool.execution.done"`.
        id: ID of the entry.
        name: Name of the tool.
        created_at: When it was created.
        output_index: Index of the entry in the outputs of the response.
        info: Details of the execution, such as its output.
    """

    type: Literal["tool.execution.done"] = "tool.execution.done"
    id: str
    name: BuiltInConnectors | None = None
    created_at: datetime | None = None
    output_index: int = 0
    info: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class AgentHandoffStartedEvent(Schema):
    """The start of a handoff.

    Attributes:
        type: `"agent.handoff.started"`.
        id: ID of the entry.
        previous_agent_id: ID of the agent that hands over.
        previous_agent_name: Name of the agent that hands over.
        created_at: When it was created.
        output_index: Index of the entry in the outputs of the response.
    """

    type: Literal["agent.handoff.started"] = "agent.handoff.started"
    id: str
    previous_agent_id: str | None = None
    previous_agent_name: str | None = None
    created_at: datetime | None = None
    output_index: int = 0


@final
@attrs.frozen(kw_only=True)
class AgentHandoffDoneEvent(Schema):
    """The end of a handoff: the next agent continues.

    Attributes:
        type: `"agent.handoff.done"`.
        id: ID of the entry.
        next_agent_id: ID of the agent that takes over.
        next_agent_name: Name of the agent that takes over.
        created_at: When it was created.
        output_index: Index of the entry in the outputs of the response.
    """

    type: Literal["agent.handoff.done"] = "agent.handoff.done"
    id: str
    next_agent_id: str | None = None
    next_agent_name: str | None = None
    created_at: datetime | None = None
    output_index: int = 0


@final
@attrs.frozen(kw_only=True)
class ResponseDoneEvent(Schema):
    """The last event of a response.

    Attributes:
        type: `"conversation.response.done"`.
        usage: Token usage.
        created_at: When it was created.
    """

    type: Literal["conversation.response.done"] = "conversation.response.done"
    usage: ConversationUsageInfo = attrs.field(factory=ConversationUsageInfo)
    created_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class ResponseErrorEvent(Schema):
    """A failure of a response. It is the last event.

    Attributes:
        type: `"conversation.response.error"`.
        message: What went wrong.
        code: Code of the error.
        created_at: When it was created.
    """

    type: Literal["conversation.response.error"] = "conversation.response.error"
    message: str | None = None
    code: int | None = None
    created_at: datetime | None = None


ConversationEventsData: TypeAlias = (
    ResponseStartedEvent
    | MessageOutputEvent
    | FunctionCallEvent
    | ToolExecutionStartedEvent
    | ToolExecutionDeltaEvent
    | ToolExecutionDoneEvent
    | AgentHandoffStartedEvent
    | AgentHandoffDoneEvent
    | ResponseDoneEvent
    | ResponseErrorEvent
    | Unknown
)
"""An event of a streamed response of a conversation, discriminated by `type`."""
