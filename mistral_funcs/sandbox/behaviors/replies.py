"""Replies of the sandbox in a chat: repeat the user, and call the tools that the user names."""

import json
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from mistral_funcs.sandbox.behaviors.message_rules import Message, chunks_of, kind_of_chunk
from mistral_funcs.sandbox.behaviors.tokens import contains_word, cut
from mistral_funcs.sandbox.behaviors.tool_rules import functions_of
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.json_schema_values import JsonSchema, fitting
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.shared.chunks import ContentChunk, TextChunk, ThinkChunk
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionChoice,
    JsonSchema as OutputSchema,
)
from mistral_funcs.schemas.shared.messages import (
    AssistantMessage,
    FunctionCall,
    ToolCall,
    UserMessage,
)
from mistral_funcs.schemas.shared.tools import Function, ToolChoice


def reply(state: State, arguments: Mapping[str, Any], index: int) -> ChatCompletionChoice:
    """Return one choice of a chat completion.

    Args:
        state: The state that provides the ids of tool calls.
        arguments: The arguments of `chat_complete` or `agents_complete`.
        index: The index of the choice.
    """
    last: Message = arguments["messages"][-1]
    called = _functions_to_call(arguments, last)
    if called:
        calls = _calls(state, called, _last_word(text_of_message(last)))
        message = AssistantMessage(content="", tool_calls=calls)
        return ChatCompletionChoice(index=index, message=message, finish_reason="tool_calls")
    written = _written(arguments, index)
    text, reason = cut(written, arguments.get("stop"), arguments.get("max_tokens"))
    if last.role == "assistant":
        text = text_of_message(last) + text
    content: str | list[ContentChunk] = text
    thinks = arguments.get("prompt_mode") == "reasoning"
    if thinks or arguments.get("reasoning_effort") not in (None, "none"):
        thought = TextChunk(text="The user says something, and I say it again.")
        content = [ThinkChunk(thinking=[thought], closed=True), TextChunk(text=text)]
    message = AssistantMessage(content=content)
    return ChatCompletionChoice(index=index, message=message, finish_reason=reason)


def text_of_message(message: Message) -> str:
    """Return the text of a message."""
    content: Any = message.content
    return AssistantMessage(content=content).text


def _written(arguments: Mapping[str, Any], index: int) -> str:
    said = _reply_text(arguments["messages"])
    output = arguments.get("response_format")
    if output is not None and output.type == "json_object":
        return _json({"answer": said})
    if output is not None and output.type == "json_schema":
        if not isinstance(output.json_schema, OutputSchema):
            loc = ["body", "response_format", "json_schema"]
            refuse_body("missing", loc, "Field required", None)
        return _json(fit_or_refuse(output.json_schema.schema))
    return f"{said} (answer {index + 1})" if index else said


def _reply_text(messages: Sequence[Message]) -> str:
    """Return a reply to the last tool results, or else to the user."""
    results = [*takewhile(lambda message: message.role == "tool", reversed(messages))]
    if results:
        return f"The tools say: {'; '.join(map(text_of_message, reversed(results)))}"
    user = next((each for each in reversed(messages) if isinstance(each, UserMessage)), None)
    if user is None:
        return "You said nothing."
    others = [kind_of_chunk(chunk) for chunk in chunks_of(user) if not isinstance(chunk, TextChunk)]
    return f"You said: {text_of_message(user)}" + (f" (with {', '.join(others)})" if others else "")


def _functions_to_call(arguments: Mapping[str, Any], last: Message) -> list[Function]:
    """Return the functions to call, none unless the last message is the user's."""
    functions = [*functions_of(arguments.get("tools"))]
    if last.role != "user" or not functions:
        return []
    choice = arguments.get("tool_choice") or "auto"
    if isinstance(choice, ToolChoice):
        name = getattr(choice.function, "name", None)
        chosen = [each for each in functions if each.name == name]
        if not chosen:
            refuse(400, f"The chosen tool {name!r} is not among the tools.")
        return chosen
    named = [each for each in functions if contains_word(text_of_message(last), each.name)]
    if choice in ("any", "required"):
        named = named or functions[:1]
    elif choice != "auto":
        named = []
    parallel = arguments.get("parallel_tool_calls") is not False
    return named if parallel else named[:1]


def _calls(state: State, functions: Sequence[Function], text: str) -> list[ToolCall]:
    calls: list[ToolCall] = []
    for index, function in enumerate(functions):
        call_id = new_call_id(state)
        arguments = _json(fit_or_refuse({"type": "object", **function.parameters}, text))
        call = FunctionCall(name=function.name, arguments=arguments)
        calls.append(ToolCall(id=call_id, function=call, index=index))
    return calls


def new_call_id(state: State) -> str:
    """Return the id of a new tool call: nine digits."""
    state.new_id()
    return f"{state.ids:09d}"


def _last_word(text: str) -> str:
    words = text.split()
    return words[-1].strip(".,:;?!\"'()") if words else ""


def fit_or_refuse(schema: JsonSchema, text: str = "") -> Any:
    """Return a value that fits a schema, or refuse an unsupported schema."""
    try:
        return fitting(schema, text)
    except Exception as error:  # noqa: BLE001
        refuse(400, f"The JSON schema is not supported: {error!r}")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
