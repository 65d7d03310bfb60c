"""Entries of conversations: messages, tool calls and handoffs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.shared.chunks import (
    BuiltInConnectors,
    DocumentURLChunk,
    ImageURLChunk,
    TextChunk,
    ThinkChunk,
    ToolReferenceChunk,
    text_of,
)
from mistral_funcs.schemas.shared.messages import complete_arguments

HandoffExecution: TypeAlias = Literal["client", "server"] | str
"""Who continues a conversation after a handoff. Other values are accepted."""


ConfirmationStatus: TypeAlias = Literal["pending", "allowed", "denied"] | str
"""Whether a tool call that requires confirmation was confirmed. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class ToolFileChunk(Schema):
    """A file that a tool created.

    Attributes:
        type: `"tool_file"`.
        tool: Tool that created the file.
        file_id: ID of the file.
        file_name: Name of the file.
        file_type: Type of the file.
    """

    type: Literal["tool_file"] = "tool_file"
    tool: BuiltInConnectors
    file_id: str
    file_name: str | None = None
    file_type: str | None = None


MessageInputContentChunks: TypeAlias = (
    DocumentURLChunk | ImageURLChunk | TextChunk | ThinkChunk | ToolFileChunk | Unknown
)
"""A chunk of the content of a message to the model, discriminated by `type`."""


MessageOutputContentChunks: TypeAlias = (
    DocumentURLChunk
    | ImageURLChunk
    | TextChunk
    | ThinkChunk
    | ToolFileChunk
    | ToolReferenceChunk
    | Unknown
)
"""A chunk of the content of a message from the model, discriminated by `type`."""


@final
@attrs.frozen(kw_only=True)
class MessageInputEntry(Schema):
    """A message to the model.

    Attributes:
        type: `"message.input"`.
        object: `"entry"`.
        role: Role of the author.
        id: ID of the entry.
        content: Content of the message.
        created_at: When it was created.
        completed_at: When it was completed.
        prefix: Whether the response must start with the content of this message. Defaults to false.
    """

    type: Literal["message.input"] = "message.input"
    object: str = "entry"
    role: Literal["assistant", "user"] | str
    id: str | None = None
    content: str | list[MessageInputContentChunks]
    created_at: datetime | None = None
    completed_at: datetime | None = None
    prefix: bool | None = None

    @property
    def text(self) -> str:
        """The text of the content, without reasoning and references. Empty if it has none."""
        return text_of(self.content)


@final
@attrs.frozen(kw_only=True)
class MessageOutputEntry(Schema):
    """A message from the model.

    Attributes:
        type: `"message.output"`.
        object: `"entry"`.
        role: `"assistant"`.
        id: ID of the entry.
        content: Content of the message.
        created_at: When it was created.
        completed_at: When it was completed.
        agent_id: ID of the agent.
        model: ID of the model.
    """

    type: Literal["message.output"] = "message.output"
    object: str = "entry"
    role: Literal["assistant"] = "assistant"
    id: str | None = None
    content: str | list[MessageOutputContentChunks]
    created_at: datetime | None = None
    completed_at: datetime | None = None
    agent_id: str | None = None
    model: str | None = None

    @property
    def text(self) -> str:
        """The text of the content, without reasoning and references. Empty if it has none."""
        return text_of(self.content)


@final
@attrs.frozen(kw_only=True)
class FunctionCallEntry(Schema):
    """A function call.

    Attributes:
        type: `"function.call"`.
        object: `"entry"`.
        id: ID of the entry.
        tool_call_id: ID of the call. The `FunctionResultEntry` with the result repeats it.
        name: Name of the function.
        arguments: Arguments as a JSON string or an object, as sent. Missing arguments are `"{}"`.
        created_at: When it was created.
        completed_at: When it was completed.
        agent_id: ID of the agent.
        model: ID of the model.
        confirmation_status: Whether the call was confirmed. A connector's call that is `"pending"`
            waits for `tool_confirmations`. `None` if it needs no confirmation.
    """

    type: Literal["function.call"] = "function.call"
    object: str = "entry"
    id: str | None = None
    tool_call_id: str
    name: str
    arguments: dict[str, Any] | str
    created_at: datetime | None = None
    completed_at: datetime | None = None
    agent_id: str | None = None
    model: str | None = None
    confirmation_status: ConfirmationStatus | None = None

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Accept a call without arguments."""
        if value.__class__ is not dict:
            return value
        return {**value, "arguments": complete_arguments(value.get("arguments"))}


@final
@attrs.frozen(kw_only=True)
class FunctionResultEntry(Schema):
    """The result of a function call.

    Attributes:
        type: `"function.result"`.
        object: `"entry"`.
        id: ID of the entry.
        tool_call_id: ID of the function call.
        result: Result of the function call.
        created_at: When it was created.
        completed_at: When it was completed.
    """

    type: Literal["function.result"] = "function.result"
    object: str = "entry"
    id: str | None = None
    tool_call_id: str
    result: str
    created_at: datetime | None = None
    completed_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class ToolExecutionEntry(Schema):
    """An execution of a tool hosted by Mistral.

    Attributes:
        type: `"tool.execution"`.
        object: `"entry"`.
        id: ID of the entry.
        name: Name of the tool.
        arguments: Arguments as a JSON string.
        created_at: When it was created.
        completed_at: When it was completed.
        agent_id: ID of the agent.
        model: ID of the model.
        info: Details of the execution, such as its output.
    """

    type: Literal["tool.execution"] = "tool.execution"
    object: str = "entry"
    id: str | None = None
    name: BuiltInConnectors
    arguments: str
    created_at: datetime | None = None
    completed_at: datetime | None = None
    agent_id: str | None = None
    model: str | None = None
    info: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class AgentHandoffEntry(Schema):
    """A handoff from one agent to another.

    Attributes:
        type: `"agent.handoff"`.
        object: `"entry"`.
        id: ID of the entry.
        previous_agent_id: ID of the agent that hands over.
        previous_agent_name: Name of the agent that hands over.
        next_agent_id: ID of the agent that takes over.
        next_agent_name: Name of the agent that takes over.
        created_at: When it was created.
        completed_at: When it was completed.
    """

    type: Literal["agent.handoff"] = "agent.handoff"
    object: str = "entry"
    id: str | None = None
    previous_agent_id: str
    previous_agent_name: str
    next_agent_id: str
    next_agent_name: str
    created_at: datetime | None = None
    completed_at: datetime | None = None


Entry: TypeAlias = (
    MessageInputEntry
    | MessageOutputEntry
    | FunctionCallEntry
    | FunctionResultEntry
    | ToolExecutionEntry
    | AgentHandoffEntry
    | Unknown
)
"""An entry of a conversation, discriminated by `type`."""


MessageEntries: TypeAlias = MessageInputEntry | MessageOutputEntry | Unknown
"""A message of a conversation, discriminated by `type`."""


ConversationResponseOutput: TypeAlias = (
    MessageOutputEntry | FunctionCallEntry | ToolExecutionEntry | AgentHandoffEntry | Unknown
)
"""An entry that a response added to a conversation, discriminated by `type`."""


InputEntries: TypeAlias = Entry | Mapping[str, Any]
"""An entry to add to a conversation, discriminated by `type`."""


ConversationInputs: TypeAlias = str | Sequence[InputEntries]
"""The input of a conversation: a user message as a string, or a list of entries."""


@final
@attrs.frozen(kw_only=True)
class ToolCallConfirmation(Schema):
    """A decision on a tool call that requires confirmation.

    Attributes:
        tool_call_id: ID of the tool call.
        confirmation: Whether the tool may run.
    """

    tool_call_id: str
    confirmation: Literal["allow", "deny"] | str
