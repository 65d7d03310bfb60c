"""Items of the Responses API: convert input items to a chat, and a reply to output items."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mistral_funcs.sandbox.behaviors.message_rules import Message
from mistral_funcs.sandbox.state import State
from mistral_funcs.schemas.responses.output import (
    ResponsesContent,
    ResponsesFunctionToolCall,
    ResponsesOutputItem,
    ResponsesOutputMessage,
    ResponsesOutputText,
    ResponsesReasoningItem,
)
from mistral_funcs.schemas.shared.chunks import TextChunk, ThinkChunk
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionChoice,
    JsonSchema,
    ResponseFormat,
)
from mistral_funcs.schemas.shared.messages import (
    AssistantMessage,
    FunctionCall,
    SystemMessage,
    ToolCall,
    ToolMessage,
    UserMessage,
)
from mistral_funcs.schemas.shared.tools import Function, FunctionName, Tool, ToolChoice

Item = Mapping[str, Any]


def chat_of(sent: Item) -> dict[str, Any]:
    """Convert a request of the Responses API to the arguments of a chat.

    Args:
        sent: The body of the request as JSON.
    """
    given = sent["input"]
    items: Sequence[Item] = (
        [{"role": "user", "content": given}] if isinstance(given, str) else given
    )
    messages: list[Message] = []
    if sent.get("instructions"):
        messages.append(SystemMessage(content=sent["instructions"]))
    for item in items:
        _add(messages, item)
    none: dict[str, Any] = {}
    reasoning, text = sent.get("reasoning") or none, sent.get("text") or none
    choice: Any = sent.get("tool_choice")
    if choice.__class__ is dict:
        choice = ToolChoice(function=FunctionName(name=choice["name"]))
    return {
        "messages": messages,
        "tools": [*_tools(sent.get("tools") or ())],
        "tool_choice": choice,
        "parallel_tool_calls": sent.get("parallel_tool_calls"),
        "max_tokens": sent.get("max_output_tokens"),
        "reasoning_effort": reasoning.get("effort"),
        "response_format": _format(text.get("format") or none),
    }


def output_of(state: State, choice: ChatCompletionChoice) -> list[ResponsesOutputItem]:
    """Convert the reply of a chat to output items."""
    message = choice.message or AssistantMessage()
    calls = [
        ResponsesFunctionToolCall(
            id=f"fc_{state.new_id()}",
            call_id=call.id or "",
            name=call.function.name,
            arguments=str(call.function.arguments),
            status="completed",
        )
        for call in message.tool_calls or ()
    ]
    if calls:
        return [*calls]
    items: list[ResponsesOutputItem] = []
    chunks = message.content if isinstance(message.content, list) else []
    thoughts = [part for each in chunks if isinstance(each, ThinkChunk) for part in each.thinking]
    texts = [ResponsesContent(text=each.text) for each in thoughts if isinstance(each, TextChunk)]
    if texts:
        id_ = f"rs_{state.new_id()}"
        items.append(ResponsesReasoningItem(id=id_, content=[*texts], status="completed"))
    text = ResponsesOutputText(text=message.text)
    status = "incomplete" if choice.finish_reason == "length" else "completed"
    id_ = f"msg_{state.new_id()}"
    return [*items, ResponsesOutputMessage(id=id_, content=[text], status=status)]


def _add(messages: list[Message], item: Item) -> None:
    """Add an item of the input as a message. Skip reasoning, and merge successive calls."""
    kind = item.get("type") or ("message" if "role" in item else None)
    if kind == "message":
        messages.append(_message(item))
    elif kind == "function_call":
        function = FunctionCall(name=item["name"], arguments=item["arguments"])
        calls = [ToolCall(id=item["call_id"], function=function)]
        last = messages[-1] if messages else None
        if isinstance(last, AssistantMessage) and last.tool_calls:
            messages.pop()
            calls = [*last.tool_calls, *calls]
        messages.append(AssistantMessage(content="", tool_calls=calls))
    elif kind == "function_call_output":
        content = _text(item["output"])
        messages.append(ToolMessage(content=content, tool_call_id=item["call_id"]))


def _message(item: Item) -> Message:
    text = _text(item["content"])
    match item["role"]:
        case "assistant":
            return AssistantMessage(content=text)
        case "system" | "developer":
            return SystemMessage(content=text)
        case _:
            return UserMessage(content=text)


def _text(content: Any) -> str:
    """Return the text of content. Other parts are represented by their types."""
    if isinstance(content, str):
        return content
    return " ".join(str(part.get("text") or f"({part.get('type')})") for part in content)


def _tools(tools: Sequence[Item]) -> Iterator[Tool]:
    """Yield the functions among tools, including those in groups."""
    for tool in tools:
        if tool.get("type") == "namespace":
            yield from _tools(tool["tools"])
        elif tool.get("type") == "function":
            given = tool.get("parameters")
            parameters = {} if given is None else {"parameters": given}
            yield Tool(function=Function(name=tool["name"], **parameters))


def _format(form: Item) -> ResponseFormat | None:
    if form.get("type") != "json_schema":
        return ResponseFormat(type=form["type"]) if form else None
    schema = JsonSchema(name=form["name"], schema=form["schema"])
    return ResponseFormat(type="json_schema", json_schema=schema)
