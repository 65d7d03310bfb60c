"""The requests for completions, as the sandbox reads them."""

from typing import Any, Literal, final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.shared.chunks import ContentChunk
from mistral_funcs.schemas.shared.messages import AssistantMessage, ToolCall

MOST_TOKENS = 2**20


def within(least: int, most: int) -> Any:
    """Return a field for a whole number in a range, which is `None` by default."""
    in_range = attrs.validators.and_(attrs.validators.ge(least), attrs.validators.le(most))
    return attrs.field(default=None, validator=attrs.validators.optional(in_range))


@final
@attrs.frozen(kw_only=True)
class Message(Schema):
    """Hold a message of whichever role.

    Attributes:
        role: Whose it is.
        content: What is said.
        tool_calls: The tools to call.
        prefix: Whether the answer is to begin with it.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str | list[ContentChunk] | None = None
    tool_calls: list[ToolCall] | None = None
    prefix: bool = False

    @property
    def text(self) -> str:
        """The whole text of the content."""
        return AssistantMessage(content=self.content).text


@final
@attrs.frozen(kw_only=True)
class OfferedFunction(Schema):
    """Describe a function that may be called.

    Attributes:
        name: Its name.
        parameters: The JSON schema of its arguments.
    """

    name: str
    parameters: dict[str, Any]


@final
@attrs.frozen(kw_only=True)
class OfferedTool(Schema):
    """Offer a tool; those that Mistral runs have no function.

    Attributes:
        function: The function.
    """

    function: OfferedFunction | None = None


@final
@attrs.frozen(kw_only=True)
class ChosenFunction(Schema):
    """Name the function to call.

    Attributes:
        name: Its name.
    """

    name: str


@final
@attrs.frozen(kw_only=True)
class ChosenTool(Schema):
    """Choose the tool to call.

    Attributes:
        function: Its function.
    """

    function: ChosenFunction


@final
@attrs.frozen(kw_only=True)
class WantedSchema(Schema):
    """Hold the schema of an answer.

    Attributes:
        schema: The JSON schema.
    """

    schema: dict[str, Any]


@final
@attrs.frozen(kw_only=True)
class WantedFormat(Schema):
    """Say what an answer is to be written in.

    Attributes:
        type: What it is.
        json_schema: The schema that it is to fit.
    """

    type: str = "text"
    json_schema: WantedSchema | None = None


@attrs.frozen(kw_only=True)
class Conversation(Schema):
    """Hold what a chat and an agent are asked alike.

    Attributes:
        messages: The messages, in their order.
        stream: Whether the answer is to come in pieces.
        max_tokens: The most tokens of an answer.
        stop: What ends an answer.
        n: How many answers are wanted.
        response_format: What an answer is to be written in.
        tools: The tools that may be called.
        tool_choice: Whether they are, or which.
        parallel_tool_calls: Whether an answer may call several.
        reasoning_effort: How much is to be thought first.
        prompt_mode: Whether there is to be thought first.
    """

    messages: list[Message]
    stream: bool = False
    max_tokens: int | None = within(0, MOST_TOKENS)
    stop: str | list[str] | None = None
    n: int | None = within(1, 128)
    response_format: WantedFormat = attrs.field(factory=WantedFormat)
    tools: list[OfferedTool] | None = None
    tool_choice: str | ChosenTool = "auto"
    parallel_tool_calls: bool = True
    reasoning_effort: str | None = None
    prompt_mode: str | None = None


@final
@attrs.frozen(kw_only=True)
class ChatRequest(Conversation):
    """Ask a model.

    Attributes:
        model: The id of the model.
    """

    model: str


@final
@attrs.frozen(kw_only=True)
class AgentsRequest(Conversation):
    """Ask an agent.

    Attributes:
        agent_id: The id of the agent.
    """

    agent_id: str


@final
@attrs.frozen(kw_only=True)
class FIMRequest(Schema):
    """Ask what belongs into a gap.

    Attributes:
        model: The id of the model.
        prompt: What stands before the gap.
        suffix: What stands after it.
        stream: Whether the answer is to come in pieces.
        max_tokens: The most tokens of an answer.
        min_tokens: The fewest tokens of an answer.
        stop: What ends an answer.
    """

    model: str
    prompt: str
    suffix: str | None = None
    stream: bool = False
    max_tokens: int | None = within(0, MOST_TOKENS)
    min_tokens: int | None = within(0, MOST_TOKENS)
    stop: str | list[str] | None = None
