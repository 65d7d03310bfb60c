"""What a completion is asked for, and its answer: of a chat, of an agent, whole and in a stream."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, UnixTime, Unset
from mistral_funcs.schemas.shared.chunks import ContentChunk, text_of
from mistral_funcs.schemas.shared.logprobs import ChatCompletionResponseChoiceLogprobs
from mistral_funcs.schemas.shared.messages import AssistantMessage, ToolCall, complete_calls
from mistral_funcs.schemas.shared.usage import UsageInfo

ResponseFormats: TypeAlias = Literal["text", "json_object", "json_schema"] | str
"""What an answer is written in. An open set."""

ReasoningEffort: TypeAlias = (
    Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | str
)
"""How much a model thinks before it answers. An open set."""

MistralPromptMode: TypeAlias = Literal["reasoning"] | str
"""Which of Mistral's system prompts is used. An open set."""

RequestedServiceTier: TypeAlias = Literal["auto", "standard_only"] | str
"""Which capacity may serve a call. An open set."""


# ---------------------------------------------------------------------------------- what is sent


@final
@attrs.frozen(kw_only=True)
class JsonSchema(Schema):
    """Describe the JSON of an answer.

    Attributes:
        name: The name of what is described.
        description: What it is.
        schema: The JSON schema.
        strict: Whether the answer is sure to fit the schema.
    """

    name: str
    description: str | None | Unset = UNSET
    schema: Mapping[str, Any]
    strict: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ResponseFormat(Schema):
    """Say what an answer is written in.

    Attributes:
        type: What it is: text, JSON, or JSON that fits a schema.
        json_schema: The schema, where it is to fit one.
    """

    type: ResponseFormats | None = None
    json_schema: JsonSchema | Mapping[str, Any] | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class Prediction(Schema):
    """Foretell most of an answer, which makes it faster.

    Attributes:
        type: `"content"`.
        content: The text to expect.
    """

    type: Literal["content"] = "content"
    content: str | None = None


# ------------------------------------------------------------------------------ what is received


@final
@attrs.frozen(kw_only=True)
class DeltaMessage(Schema):
    """Hold what a message has more than it had.

    Attributes:
        role: Whose message it is.
        content: What was said since.
        tool_calls: The tools to call.
        tool_call_id: The id of the tool call that the message is the outcome of.
        index: Which of several messages it goes on with.
        metadata: What was said about the message.
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
    """Hold one of the answers to choose from.

    Attributes:
        index: Its place among them.
        message: The answer.
        messages: The answer, where it is made of several messages.
        finish_reason: Why it ended.
        logprobs: The log probabilities of its tokens, where they were asked for.
        prompt_logprobs: Those of the tokens of the prompt.
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
        """Complete the tool calls of several messages: they are not the chunks of a stream."""
        if value.__class__ is not dict or value.get("messages").__class__ is not list:
            return value
        return {**value, "messages": [*map(complete_calls, value["messages"])]}


@final
@attrs.frozen(kw_only=True)
class ChatCompletionResponse(Schema):
    """Answer a chat.

    Attributes:
        id: The id of the response; empty if the server sent none.
        object: `"chat.completion"`.
        model: The model that answered.
        usage: What it took.
        created: When it was made, in seconds since 1970.
        choices: The answers to choose from.
    """

    id: str = ""
    object: str | None = None
    model: str | None = None
    usage: UsageInfo = attrs.field(factory=UsageInfo)
    created: UnixTime | None = None
    choices: list[ChatCompletionChoice] = attrs.field(factory=list[ChatCompletionChoice])

    @property
    def text(self) -> str:
        """The whole text of the first choice; empty if it has none."""
        message = self.choices[0].message if self.choices else None
        return message.text if message else ""


@final
@attrs.frozen(kw_only=True)
class CompletionResponseStreamChoice(Schema):
    """Hold what one of the answers has more than it had.

    Attributes:
        index: Its place among them.
        delta: What it has more.
        finish_reason: Why it ended; `None` as long as it goes on.
        logprobs: The log probabilities of the tokens in `delta`, where they were asked for.
        prompt_logprobs: Those of the tokens of the prompt.
    """

    index: int | None = None
    delta: DeltaMessage = attrs.field(factory=DeltaMessage)
    finish_reason: Literal["stop", "length", "error", "tool_calls"] | str | None = None
    logprobs: ChatCompletionResponseChoiceLogprobs | None = None
    prompt_logprobs: ChatCompletionResponseChoiceLogprobs | None = None


@final
@attrs.frozen(kw_only=True)
class CompletionChunk(Schema):
    """Hold a piece of an answer that comes as a stream.

    Attributes:
        id: The id of the response; empty if the server sent none.
        object: `"chat.completion.chunk"`.
        created: When it was made, in seconds since 1970.
        model: The model that answers.
        usage: What the answer took; it comes with the last piece.
        choices: What each of the answers has more than it had.
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
        """The text that the first choice has more; empty if it has none."""
        return next((text_of(each.delta.content) for each in self.choices if not each.index), "")
