"""Messages of a conversation, and their tool calls."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unset
from mistral_funcs.schemas.shared.chunks import ContentChunk, SystemMessageContentChunks, text_of

ToolTypes: TypeAlias = Literal["function"] | str
"""Type of a tool. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class FunctionCall(Schema):
    """A call of a function.

    Attributes:
        name: Name of the function.
        arguments: Arguments as a JSON string or an object, as sent. In a complete message, missing
            arguments are normalized to `"{}"`.
    """

    name: str
    arguments: dict[str, Any] | str

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Accept stream chunks of a call without a name or arguments."""
        if value.__class__ is not dict:
            return value
        left_out = {key: "" for key in ("name", "arguments") if value.get(key) is None}
        return {**value, **left_out}


@final
@attrs.frozen(kw_only=True)
class ToolCall(Schema):
    """A tool call.

    Attributes:
        id: ID of the call. The `ToolMessage` with the result repeats it.
        type: `"function"`.
        function: Function to call, with its arguments.
        index: Index of the call in its message.
    """

    id: str | None = None
    type: ToolTypes = "function"
    function: FunctionCall
    index: int | None = None


NO_ARGUMENTS = ("", "null")
"""How servers encode missing arguments, apart from leaving the field out."""


def complete_arguments(arguments: Any) -> Any:
    """Return the arguments of a complete call: an empty object if there are none."""
    blank = arguments is None or (arguments.__class__ is str and arguments.strip() in NO_ARGUMENTS)
    return "{}" if blank else arguments


def complete_calls(message: Any) -> Any:
    """Return a JSON message with the arguments of its tool calls completed.

    Do not use it on the chunks of a stream, where an empty string is a fragment.
    """
    calls: Any = message.get("tool_calls") if message.__class__ is dict else None
    if calls.__class__ is not list or not calls:
        return message
    return {**message, "tool_calls": [*map(_complete_call, calls)]}


def _complete_call(call: Any) -> Any:
    function: Any = call.get("function") if call.__class__ is dict else None
    if function.__class__ is not dict:
        return call
    arguments = complete_arguments(function.get("arguments"))
    return {**call, "function": {**function, "arguments": arguments}}


@final
@attrs.frozen(kw_only=True)
class SystemMessage(Schema):
    """A system message, which instructs the model.

    Attributes:
        role: `"system"`.
        content: Content of the message.
    """

    role: Literal["system"] = "system"
    content: str | Sequence[SystemMessageContentChunks]


@final
@attrs.frozen(kw_only=True)
class UserMessage(Schema):
    """A user message.

    Attributes:
        role: `"user"`.
        content: Content of the message.
    """

    role: Literal["user"] = "user"
    content: str | Sequence[ContentChunk | Mapping[str, Any]] | None


@final
@attrs.frozen(kw_only=True)
class AssistantMessage(Schema):
    """An assistant message. It can be sent back unchanged.

    Attributes:
        role: `"assistant"`.
        content: Content of the message.
        tool_calls: Tools to call.
        prefix: Whether the response must start with the content of this message.
    """

    role: Literal["assistant"] = "assistant"
    content: str | list[ContentChunk] | None = None
    tool_calls: list[ToolCall] | None = None
    prefix: bool | None = None

    @staticmethod
    def _normalize(value: Any) -> Any:
        return complete_calls(value)

    @property
    def text(self) -> str:
        """The text of the content, without reasoning and references. Empty if it has none."""
        return text_of(self.content)


@final
@attrs.frozen(kw_only=True)
class ToolMessage(Schema):
    """The result of a tool call.

    Attributes:
        role: `"tool"`.
        content: Result of the tool call.
        tool_call_id: ID of the tool call.
        name: Name of the function.
    """

    role: Literal["tool"] = "tool"
    content: str | Sequence[ContentChunk | Mapping[str, Any]] | None
    tool_call_id: str | None | Unset = UNSET
    name: str | None | Unset = UNSET


ChatCompletionRequestMessage: TypeAlias = (
    SystemMessage | UserMessage | AssistantMessage | ToolMessage | Mapping[str, Any]
)
"""A message of a conversation. A conversation is a `list[ChatCompletionRequestMessage]`."""


@final
@attrs.frozen(kw_only=True)
class InstructRequest(Schema):
    """A conversation to classify.

    Attributes:
        messages: The messages, oldest first.
    """

    messages: Sequence[ChatCompletionRequestMessage]


ChatClassificationRequestInputs: TypeAlias = (
    InstructRequest | Mapping[str, Any] | Sequence[InstructRequest | Mapping[str, Any]]
)
"""One conversation to classify, or several."""
