"""The messages of a conversation, and the calls of tools in them."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unset
from mistral_funcs.schemas.shared.chunks import ContentChunk, SystemMessageContentChunks, text_of

ToolTypes: TypeAlias = Literal["function"] | str
"""What kind of tool it is. An open set."""


@final
@attrs.frozen(kw_only=True)
class FunctionCall(Schema):
    """Call a function.

    Attributes:
        name: The name of the function.
        arguments: The arguments, as JSON text or as an object: it is what was sent. In a complete
            message, no arguments are `"{}"`, however the server wrote that.
    """

    name: str
    arguments: dict[str, Any] | str

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Take the later pieces of a call in a stream, which some servers send without a name."""
        if value.__class__ is not dict:
            return value
        left_out = {key: "" for key in ("name", "arguments") if value.get(key) is None}
        return {**value, **left_out}


@final
@attrs.frozen(kw_only=True)
class ToolCall(Schema):
    """Call a tool.

    Attributes:
        id: The id of the call, which the `ToolMessage` with its outcome names.
        type: `"function"`.
        function: The function to call, and its arguments.
        index: The place of the call among all of its message.
    """

    id: str | None = None
    type: ToolTypes = "function"
    function: FunctionCall
    index: int | None = None


NO_ARGUMENTS = ("", "null")
"""How servers write that a call has no arguments, beside leaving them out."""


def complete_arguments(arguments: Any) -> Any:
    """Return the arguments of a complete call: an empty object where there are none."""
    blank = arguments is None or (arguments.__class__ is str and arguments.strip() in NO_ARGUMENTS)
    return "{}" if blank else arguments


def complete_calls(message: Any) -> Any:
    """Return a message in JSON with the arguments of its tool calls completed.

    The chunks of a stream are left alone: there, an empty text is a fragment.
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
    """Say how the model is to behave.

    Attributes:
        role: `"system"`.
        content: What is said.
    """

    role: Literal["system"] = "system"
    content: str | Sequence[SystemMessageContentChunks]


@final
@attrs.frozen(kw_only=True)
class UserMessage(Schema):
    """Say what the user says.

    Attributes:
        role: `"user"`.
        content: What is said.
    """

    role: Literal["user"] = "user"
    content: str | Sequence[ContentChunk | Mapping[str, Any]] | None


@final
@attrs.frozen(kw_only=True)
class AssistantMessage(Schema):
    """Hold what the model said; it can be sent back as it came.

    Attributes:
        role: `"assistant"`.
        content: What was said.
        tool_calls: The tools to call.
        prefix: Whether the answer has to begin with this message.
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
        """The whole text of the content, without thoughts and references; empty if it has none."""
        return text_of(self.content)


@final
@attrs.frozen(kw_only=True)
class ToolMessage(Schema):
    """Say what came of a tool call.

    Attributes:
        role: `"tool"`.
        content: What came of it.
        tool_call_id: The id of the call.
        name: The name of the function.
    """

    role: Literal["tool"] = "tool"
    content: str | Sequence[ContentChunk | Mapping[str, Any]] | None
    tool_call_id: str | None | Unset = UNSET
    name: str | None | Unset = UNSET


ChatCompletionRequestMessage: TypeAlias = (
    SystemMessage | UserMessage | AssistantMessage | ToolMessage | Mapping[str, Any]
)
"""A message of a conversation, which is itself a `list[ChatCompletionRequestMessage]`."""


@final
@attrs.frozen(kw_only=True)
class InstructRequest(Schema):
    """Hold a conversation to classify.

    Attributes:
        messages: Its messages, in their order.
    """

    messages: Sequence[ChatCompletionRequestMessage]


ChatClassificationRequestInputs: TypeAlias = (
    InstructRequest | Mapping[str, Any] | Sequence[InstructRequest | Mapping[str, Any]]
)
"""One conversation to classify, or several."""
