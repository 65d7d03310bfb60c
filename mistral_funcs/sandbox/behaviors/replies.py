"""What the sandbox says: it echoes the user, and calls the tools that the user names."""

import json
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from mistral_core import Unknown
from mistral_funcs.sandbox.behaviors.conversations import (
    ChosenTool,
    Conversation,
    Message,
    OfferedFunction,
)
from mistral_funcs.sandbox.behaviors.tokens import cut, says
from mistral_funcs.sandbox.error_responses import RefusalError, error_body, refuse, refuse_body
from mistral_funcs.sandbox.json_schema_values import JsonSchema, fitting
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.chat import ChatCompletionChoice
from mistral_funcs.schemas.shared.chunks import ContentChunk, TextChunk, ThinkChunk
from mistral_funcs.schemas.shared.messages import AssistantMessage, FunctionCall, ToolCall


def reply(state: State, asked: Conversation, index: int) -> ChatCompletionChoice:
    """Return one answer to a conversation."""
    called = _called(asked)
    if called:
        text = _last_word(asked.messages[-1].text)
        message = AssistantMessage(content="", tool_calls=_calls(state, called, text))
        return ChatCompletionChoice(index=index, message=message, finish_reason="tool_calls")
    text, reason = cut(_written(asked, index), asked.stop, asked.max_tokens)
    if asked.messages[-1].role == "assistant":
        text = asked.messages[-1].text + text
    content: str | list[ContentChunk] = text
    if asked.prompt_mode == "reasoning" or asked.reasoning_effort not in (None, "none"):
        thought = TextChunk(text="The user says something, and I say it again.")
        content = [ThinkChunk(thinking=[thought], closed=True), TextChunk(text=text)]
    message = AssistantMessage(content=content)
    return ChatCompletionChoice(index=index, message=message, finish_reason=reason)


def check_order(messages: list[Message]) -> None:
    """Refuse a conversation that does not end with something to answer."""
    last = messages[-1] if messages else None
    role = last.role if last else "nothing"
    if role not in ("user", "tool") and not (last and last.prefix):
        expected = "Expected last role User or Tool (or Assistant with prefix True) for serving"
        kind = "invalid_request_message_order"
        raise RefusalError(400, error_body(f"{expected} but got {role}", kind, "3230"))


def _written(asked: Conversation, index: int) -> str:
    said = _said(asked.messages)
    wanted = asked.response_format
    if wanted.type == "json_object":
        return _json({"answer": said})
    if wanted.type == "json_schema":
        if wanted.json_schema is None:
            loc: list[str | int] = ["body", "response_format", "json_schema"]
            refuse_body("missing", loc, "Field required", None)
        return _json(fit_or_refuse(wanted.json_schema.schema))
    return f"{said} (answer {index + 1})" if index else said


def _said(messages: list[Message]) -> str:
    """Return what there is to say to the outcomes of the last tools, or else to the user."""
    outcomes = [*takewhile(lambda message: message.role == "tool", reversed(messages))]
    if outcomes:
        return f"The tools say: {'; '.join(each.text for each in reversed(outcomes))}"
    user = next((each for each in reversed(messages) if each.role == "user"), None)
    if user is None:
        return "You said nothing."
    others = [_kind(chunk) for chunk in _chunks(user) if not isinstance(chunk, TextChunk)]
    return f"You said: {user.text}" + (f" (with {', '.join(others)})" if others else "")


def _chunks(message: Message) -> Iterable[ContentChunk]:
    return message.content if isinstance(message.content, list) else ()


def _kind(chunk: ContentChunk) -> str:
    if not isinstance(chunk, Unknown):
        return chunk.type
    raw: Any = chunk.raw
    return str(raw.get("type", "unknown")) if raw.__class__ is dict else "unknown"


def _called(asked: Conversation) -> list[OfferedFunction]:
    """Return the functions to call, which are none if the last message is not the user's."""
    functions = [tool.function for tool in asked.tools or () if tool.function]
    last = asked.messages[-1]
    if last.role != "user" or not functions:
        return []
    if isinstance(asked.tool_choice, ChosenTool):
        name = asked.tool_choice.function.name
        chosen = [each for each in functions if each.name == name]
        if not chosen:
            refuse(400, f"The chosen tool {name!r} is not among the tools.")
        return chosen
    named = [each for each in functions if says(last.text, each.name)]
    if asked.tool_choice in ("any", "required"):
        named = named or functions[:1]
    elif asked.tool_choice != "auto":
        named = []
    return named if asked.parallel_tool_calls else named[:1]


def _calls(state: State, functions: list[OfferedFunction], text: str) -> list[ToolCall]:
    calls: list[ToolCall] = []
    for index, function in enumerate(functions):
        state.new_id()
        arguments = _json(fit_or_refuse(function.parameters, text))
        call = FunctionCall(name=function.name, arguments=arguments)
        calls.append(ToolCall(id=f"{state.made:09d}", function=call, index=index))
    return calls


def _last_word(text: str) -> str:
    words = text.split()
    return words[-1].strip(".,:;?!\"'()") if words else ""


def fit_or_refuse(schema: JsonSchema, text: str = "") -> Any:
    """Return a value that fits a schema; one that cannot be followed is refused."""
    try:
        return fitting(schema, text)
    except Exception as error:  # noqa: BLE001
        refuse(400, f"The JSON schema cannot be followed: {error!r}")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
