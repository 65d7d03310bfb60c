"""Chat responses: how they are read, including unusual ones, and how they are sent back."""

import json
from typing import Any

import pytest

from mistral_core import Err, ResponseValidationError, Unknown
from mistral_core.structuring.converter import converter
from mistral_funcs import chat_complete
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionResponse,
    FIMCompletionResponse,
    FunctionCall,
    ResourceChunk,
    TextChunk,
    ThinkChunk,
    ToolCall,
    UserMessage,
)
from tests.funcs.wire import body, read

HI = [UserMessage(content="hi")]


async def completed(value: object) -> ChatCompletionResponse:
    """Return the value that `chat_complete` reads from a response."""
    return (
        await read(lambda client: chat_complete(client, model="m", messages=HI), value)
    ).unwrap()


async def received(message: dict[str, Any]) -> AssistantMessage:
    """Return the message that `chat_complete` reads from a response."""
    response = await completed({"id": "a", "choices": [{"index": 0, "message": message}]})
    (choice,) = response.choices
    assert choice.message is not None
    return choice.message


CHUNKS: dict[str, tuple[object, object]] = {
    "text without a type": ({"text": "a"}, TextChunk(text="a")),
    "a resource of a future kind": (
        {"type": "resource", "uri": "mcp://a", "content": {"type": "blob", "blob": "AA=="}},
        ResourceChunk(uri="mcp://a", content=Unknown({"type": "blob", "blob": "AA=="})),
    ),
    "a thought of a future kind": (
        {"type": "thinking", "thinking": [{"type": "text", "text": "t"}, {"type": "dream"}]},
        ThinkChunk(thinking=[TextChunk(text="t"), Unknown({"type": "dream"})]),
    ),
    "of an unknown type": ({"type": "video", "n": [1]}, Unknown({"type": "video", "n": [1]})),
    "that cannot be read": ({"type": "text", "text": 1}, Unknown({"type": "text", "text": 1})),
    "that is no object": ("text", Unknown("text")),
    "that is null": (None, Unknown(None)),
}
"""A chunk in JSON, and the value that is read."""


@pytest.mark.parametrize("name", CHUNKS)
async def test_chunk_has_the_class_of_its_type(name: str) -> None:
    """An unknown type or an invalid chunk is `Unknown`, and fails no call."""
    value, expected = CHUNKS[name]
    message = await received({"content": [value, {"type": "text", "text": "!"}]})
    assert message.content == [expected, TextChunk(text="!")]


TEXTS: dict[str, tuple[object, str]] = {
    "text": ("a\nb", "a\nb"),
    "empty": ("", ""),
    "null": (None, ""),
    "no chunks": ([], ""),
    "chunks": (
        [
            {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
            {"type": "text", "text": "The sky"},
            {"type": "reference", "reference_ids": [1]},
            {"type": "text", "text": " is blue."},
            {"type": "video"},
        ],
        "The sky is blue.",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
async def test_text_joins_all_text_chunks(name: str) -> None:
    """Of the message, and of the response."""
    content, expected = TEXTS[name]
    choices: list[dict[str, Any]] = [{"message": {"content": content}}, {"message": {}}]
    response = await completed({"id": "a", "choices": choices})
    assert response.text == expected
    assert (await received({"content": content})).text == expected
    code = converter.structure({"id": "a", "choices": choices}, FIMCompletionResponse)
    assert code.text == expected


@pytest.mark.parametrize("schema", [ChatCompletionResponse, FIMCompletionResponse])
@pytest.mark.parametrize("choices", [None, [], [{}], [{"message": {}}], [{"message": None}]])
def test_text_is_empty_if_there_is_none(
    schema: type[ChatCompletionResponse | FIMCompletionResponse], choices: object
) -> None:
    """Whatever part of the response is missing."""
    assert converter.structure({"id": "a", "choices": choices}, schema).text == ""


async def test_text_is_that_of_the_first_choice() -> None:
    """The other choices are ignored."""
    value = {"id": "a", "choices": [{"message": {"content": each}} for each in "ab"]}
    assert (await completed(value)).text == "a"


ARGUMENTS: list[object] = ['{"city":"Paris"}', "no JSON", {"city": "Paris", "days": [1]}, {}, "{}"]


@pytest.mark.parametrize("arguments", ARGUMENTS)
async def test_arguments_of_a_call_are_unchanged(arguments: Any) -> None:
    """As a string or an object. They are sent back as they were received."""
    call = {"id": "c", "function": {"name": "f", "arguments": arguments}, "index": 0}
    message = await received({"content": "", "tool_calls": [call]})
    assert message.tool_calls == [
        ToolCall(id="c", function=FunctionCall(name="f", arguments=arguments), index=0)
    ]
    sent_body = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    (sent_call,) = json.loads(sent_body)["messages"][0]["tool_calls"]
    assert sent_call["function"]["arguments"] == arguments


@pytest.mark.parametrize(
    "fields", [{}, *({"arguments": each} for each in (None, "", "  ", "\n", "null", " null "))]
)
async def test_a_call_without_arguments_has_an_empty_object(fields: dict[str, Any]) -> None:
    """However the server encodes it: it is the JSON of an empty object, also when it is sent back.

    This applies to each of several messages, and other fields of a call are kept.
    """
    call = {"id": "c", "x": 1, "function": {"name": "f", "y": 2, **fields}}
    message = await received({"content": "", "tool_calls": [call]})
    text = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    (sent_call,) = json.loads(text)["messages"][0]["tool_calls"]
    expected = {"name": "f", "y": 2, "arguments": "{}"}
    assert sent_call == {"type": "function", **call, "function": expected}
    several = [{"content": "", "tool_calls": [call]}, {"content": "b"}]
    (choice,) = (await completed({"id": "a", "choices": [{"messages": several}]})).choices
    first, second = choice.messages or []
    assert first.tool_calls == message.tool_calls
    assert second.tool_calls is None


@pytest.mark.parametrize(
    "choice",
    [
        {"message": {"tool_calls": "x"}},
        {"message": {"tool_calls": [7]}},
        {"message": {"tool_calls": [{"function": 7}]}},
        {"message": 7},
        {"messages": [7]},
        7,
    ],
)
async def test_invalid_tool_calls_are_an_err(choice: Any) -> None:
    """Their arguments cannot be normalized."""
    value = {"id": "a", "choices": [choice]}
    result = await read(lambda client: chat_complete(client, model="m", messages=HI), value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)


MESSAGES: dict[str, dict[str, Any]] = {
    "text": {"role": "assistant", "content": "a"},
    "nothing": {"role": "assistant"},
    "empty": {"role": "assistant", "content": "", "tool_calls": []},
    "prefix": {"role": "assistant", "content": "a", "prefix": False},
    "tool calls": {
        "role": "assistant",
        "content": "",
        "tool_calls": [
            {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}},
            {
                "id": "d",
                "type": "of a future kind",
                "function": {"name": "g", "arguments": {"a": None}, "strict": True},
                "index": 1,
                "cost": 1,
            },
        ],
    },
    "chunks": {
        "role": "assistant",
        "content": [{"type": "video", "n": [1]}, {"type": "text", "text": 1}, {"type": "text"}],
    },
    "more than is specified": {
        "role": "assistant",
        "content": [{"type": "text", "text": "a", "logprobs": [0.5]}],
        "audio": {"id": "x", "data": None},
    },
}
"""Messages of responses."""


@pytest.mark.parametrize("name", MESSAGES)
async def test_message_of_a_response_is_sent_back_unchanged(name: str) -> None:
    """Including unknown fields, but without `null` where it is optional."""
    value = MESSAGES[name]
    message = await received(value)
    sent_body = await body(lambda client: chat_complete(client, model="m", messages=[*HI, message]))
    (_, sent_back) = json.loads(sent_body)["messages"]
    assert sent_back == _without_nulls(value)


def _without_nulls(message: dict[str, Any]) -> dict[str, Any]:
    """Remove the only `null` of the messages that a schema describes."""
    text = json.dumps(message)
    return dict(json.loads(text.replace(', "document_name": null', "")))


NULLS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "of a message": (
        {"content": "a", "refusal": None, "audio": None, "function_call": None},
        {"content": "a"},
    ),
    "of a message without content": (
        {"content": None, "reasoning_content": None, "annotations": []},
        {"annotations": []},
    ),
    "of a tool call": (
        {"tool_calls": [{"id": "c", "custom": None, "function": {"name": "f", "arguments": ""}}]},
        {
            "tool_calls": [
                {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}
            ]
        },
    ),
    "of a function": (
        {"tool_calls": [{"function": {"name": "f", "arguments": {"a": None}, "strict": None}}]},
        {"tool_calls": [{"type": "function", "function": {"name": "f", "arguments": {"a": None}}}]},
    ),
    "of a chunk": (
        {"content": [{"type": "text", "text": "a", "annotations": None, "cache_control": None}]},
        {"content": [{"type": "text", "text": "a"}]},
    ),
    "of a thought": (
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "a", "x": None}]}]},
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "a"}]}]},
    ),
}
"""Messages with unknown `null` fields, as some servers send them, and the sent messages."""


@pytest.mark.parametrize("name", NULLS)
async def test_unknown_fields_that_are_null_are_not_sent_back(name: str) -> None:
    """Strict servers refuse unknown fields. The response itself keeps them."""
    value, expected = NULLS[name]
    message = await received(value)
    sent_body = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    assert json.loads(sent_body)["messages"] == [{"role": "assistant", **expected}]


async def test_missing_role_and_types_are_sent() -> None:
    """One server may leave out what another one requires."""
    message = await received({"content": None, "tool_calls": [{"function": _CALL}]})
    sent_body = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    assert json.loads(sent_body)["messages"] == [
        {"role": "assistant", "tool_calls": [{"type": "function", "function": _CALL}]}
    ]


_CALL = {"name": "f", "arguments": "{}"}


@pytest.mark.parametrize("left_out", ["name", "arguments"])
@pytest.mark.parametrize("null", [True, False])
async def test_incomplete_call_is_read(left_out: str, *, null: bool) -> None:
    """A missing name or missing arguments are empty."""
    function: dict[str, Any] = {"name": "f", "arguments": "{}"} | {left_out: None}
    if not null:
        del function[left_out]
    message = await received({"tool_calls": [{"function": function}]})
    fields: dict[str, Any] = {"name": "f", "arguments": "{}"}
    if left_out == "name":
        fields["name"] = ""
    expected = FunctionCall(**fields)
    assert message.tool_calls == [ToolCall(function=expected)]
