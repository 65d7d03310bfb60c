"""Schemas of chat and agent completions, plain and streamed."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, UnixTime
from mistral_funcs.schemas.shared.chunks import ContentChunk, text_of
from mistral_funcs.schemas.shared.logprobs import ChatCompletionResponseChoiceLogprobs
from mistral_funcs.schemas.shared.messages import AssistantMessage, ToolCall, complete_calls
from mistral_funcs.schemas.shared.usage import UsageInfo

ResponseFormats: TypeAlias = Literal["text", "json_object", "json_schema"] | str
"""Type of a response format. Other values are accepted."""

ReasoningEffort: TypeAlias = (
    Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | str
)
"""Amount of reasoning before the response. Other values are accepted."""

MistralPromptMode: TypeAlias = Literal["reasoning"] | str
"""System prompt provided by Mistral. Other values are accepted."""

RequestedServiceTier: TypeAlias = Literal["auto", "standard_only"] | str
"""Service tier of a request. Other values are accepted."""


# ----------------------------------------------------------------------------------------- requests


@final
@attrs.frozen(kw_only=True)
class JsonSchema(Schema):
    """A JSON schema that a response must follow.

    Attributes:
        name: Name of the schema.
        description: Description of the schema.
        schema: The JSON schema.
        strict: Whether the response must follow the schema exactly.
    """

    name: str
    description: str | None = None
    schema: Mapping[str, Any]
    strict: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ResponseFormat(Schema):
    """The format of a response.

    Attributes:
        type: `"text"`, `"json_object"`, or `"json_schema"` for JSON that follows `json_schema`.
        json_schema: Schema of the response, for `"json_schema"`.
    """

    type: ResponseFormats | None = None
    json_schema: JsonSchema | Mapping[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class Prediction(Schema):
    """Expected content of a response. Reduces latency.

    Attributes:
        type: `"content"`.
        content: Expected content.
    """

    type: Literal["content"] = "content"
    content: str | None = None


# ---------------------------------------------------------------------------------------- responses


@final
@attrs.frozen(kw_only=True)
class DeltaMessage(Schema):
    """Added content of a message.

    Attributes:
        role: Role of the author.
        content: Added content.
        tool_calls: Tools to call.
        tool_call_id: ID of the tool call that the message is the result of.
        index: Index of the message that the delta belongs to, if there are several.
        metadata: Metadata of the message.
    """

    role: str | None = None
    content: str | list[ContentChunk] | None = None
    tool_calls: list[ToolCall] | None = None
    tool_call_id: str | None = None
    index: int | None = None
    metadata: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class ChatCompletionChoice(Schema):
    """One of the alternative completions.

    Attributes:
        index: Index of the choice.
        message: The message.
        messages: The messages, if the response consists of several.
        finish_reason: Why generation stopped.
        logprobs: Log probabilities of the generated tokens, if requested.
        prompt_logprobs: Log probabilities of the prompt tokens, if requested.
    """

    index: int | None = None
    message: AssistantMessage | None = None
    messages: list[DeltaMessage] | None = None
    finish_reason: Literal["stop", "length", "model_length", "error", "tool_calls"] | str | None = (
        None
    )
    logprobs: ChatCompletionResponseChoiceLogprobs | None = None
    prompt_logprobs: ChatCompletionResponseChoiceLogprobs | None = None

    @staticmethod
    def _normalize(value: Any) -> Any:
        """Normalize the arguments of tool calls in `messages`, which are complete messages."""
        if value.__class__ is not dict or value.get("messages").__class__ is not list:
            return value
        return {**value, "messages": [*map(complete_calls, value["messages"])]}


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponse(Schema):
    """A chat completion.

    Attributes:
        id: ID of the response. Empty if the server sent none.
        object: `"chat.completion"`.
        model: ID of the model.
        usage: Token usage.
        created: Time of creation, in seconds since the Unix epoch.
        choices: Alternative completions.
    """

    id: str = ""
    object: str | None = None
    model: str | None = None
    usage: UsageInfo = attrs.field(factory=UsageInfo)
    created: UnixTime | None = None
    choices: list[ChatCompletionChoice] = attrs.field(factory=list[ChatCompletionChoice])

    @property
    def text(self) -> str:
        """The text of the first choice. Empty if it has none."""
        message = self.choices[0].message if self.choices else None
        return message.text if message else ""


@final
@attrs.frozen(kw_only=True)
class CompletionResponseStreamChoice(Schema):
    """Added content of one of the alternative completions.

    Attributes:
        index: Index of the choice.
        delta: Added part of the message.
        finish_reason: Why generation stopped. `None` until it has.
        logprobs: Log probabilities of the tokens in `delta`, if requested.
        prompt_logprobs: Log probabilities of the prompt tokens, if requested.
    """

    index: int | None = None
    delta: DeltaMessage = attrs.field(factory=DeltaMessage)
    finish_reason: Literal["stop", "length", "error", "tool_calls"] | str | None = None
    logprobs: ChatCompletionResponseChoiceLogprobs | None = None
    prompt_logprobs: ChatCompletionResponseChoiceLogprobs | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionChunk(Schema):
    """A chunk of a streamed chat completion.

    Attributes:
        id: ID of the response. Empty if the server sent none.
        object: `"chat.completion.chunk"`.
        created: Time of creation, in seconds since the Unix epoch.
        model: ID of the model.
        usage: Token usage, in the last chunk.
        choices: Added parts of the choices.
    """

    id: str = ""
    object: str | None = None
    created: UnixTime | None = None
    model: str | None = None
    usage: UsageInfo | None = None
    choices: list[CompletionResponseStreamChoice] = attrs.field(
        factory=list[CompletionResponseStreamChoice]
    )

    @property
    def text(self) -> str:
        """The text added to the first choice. Empty if there is none."""
        return next((text_of(each.delta.content) for each in self.choices if not each.index), "")
