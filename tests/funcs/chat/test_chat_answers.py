"""How the answers of a chat are read, odd ones too, and how they go into the next request."""

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


async def answered(value: object) -> ChatCompletionResponse:
    """Return what `chat_complete` makes of an answer."""
    return (
        await read(lambda client: chat_complete(client, model="m", messages=HI), value)
    ).unwrap()


async def said(message: dict[str, Any]) -> AssistantMessage:
    """Return what `chat_complete` makes of the message of an answer."""
    response = await answered({"id": "a", "choices": [{"index": 0, "message": message}]})
    (choice,) = response.choices
    assert choice.message is not None
    return choice.message


CHUNKS: dict[str, tuple[object, object]] = {
    "text without a type": ({"text": "a"}, TextChunk(text="a")),
    "a resource of a kind of a time to come": (
        {"type": "resource", "uri": "mcp://a", "content": {"type": "blob", "blob": "AA=="}},
        ResourceChunk(uri="mcp://a", content=Unknown({"type": "blob", "blob": "AA=="})),
    ),
    "a thought of a kind of a time to come": (
        {"type": "thinking", "thinking": [{"type": "text", "text": "t"}, {"type": "dream"}]},
        ThinkChunk(thinking=[TextChunk(text="t"), Unknown({"type": "dream"})]),
    ),
    "of an unknown type": ({"type": "video", "n": [1]}, Unknown({"type": "video", "n": [1]})),
    "that cannot be read": ({"type": "text", "text": 1}, Unknown({"type": "text", "text": 1})),
    "that is no object": ("text", Unknown("text")),
    "that is null": (None, Unknown(None)),
}
"""A chunk in JSON, and what it is read as."""


@pytest.mark.parametrize("name", CHUNKS)
async def test_chunk_is_of_the_class_that_its_type_says(name: str) -> None:
    """One of a new type, or that cannot be read, is `Unknown`, and fails nothing."""
    value, expected = CHUNKS[name]
    message = await said({"content": [value, {"type": "text", "text": "!"}]})
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
async def test_text_is_all_that_was_said(name: str) -> None:
    """The content, or its chunks of text together; of the message, and of the whole answer."""
    content, expected = TEXTS[name]
    choices: list[dict[str, Any]] = [{"message": {"content": content}}, {"message": {}}]
    response = await answered({"id": "a", "choices": choices})
    assert response.text == expected
    assert (await said({"content": content})).text == expected
    code = converter.structure({"id": "a", "choices": choices}, FIMCompletionResponse)
    assert code.text == expected


@pytest.mark.parametrize("schema", [ChatCompletionResponse, FIMCompletionResponse])
@pytest.mark.parametrize("choices", [None, [], [{}], [{"message": {}}], [{"message": None}]])
def test_text_of_an_answer_without_one_is_empty(
    schema: type[ChatCompletionResponse | FIMCompletionResponse], choices: object
) -> None:
    """Whatever it is that is missing."""
    assert converter.structure({"id": "a", "choices": choices}, schema).text == ""


async def test_text_is_that_of_the_first_choice() -> None:
    """Of as many as were asked for."""
    value = {"id": "a", "choices": [{"message": {"content": each}} for each in "ab"]}
    assert (await answered(value)).text == "a"


ARGUMENTS: list[object] = ['{"city":"Paris"}', "no JSON", {"city": "Paris", "days": [1]}, {}, "{}"]


@pytest.mark.parametrize("arguments", ARGUMENTS)
async def test_arguments_of_a_call_come_untouched(arguments: Any) -> None:
    """As text or as an object, and go back as they came."""
    call = {"id": "c", "function": {"name": "f", "arguments": arguments}, "index": 0}
    message = await said({"content": "", "tool_calls": [call]})
    assert message.tool_calls == [
        ToolCall(id="c", function=FunctionCall(name="f", arguments=arguments), index=0)
    ]
    told = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    (sent_call,) = json.loads(told)["messages"][0]["tool_calls"]
    assert sent_call["function"]["arguments"] == arguments


@pytest.mark.parametrize(
    "told", [{}, *({"arguments": each} for each in (None, "", "  ", "\n", "null", " null "))]
)
async def test_a_call_without_arguments_has_none(told: dict[str, Any]) -> None:
    """However the server writes that: it is JSON text of an empty object, also when sent back.

    So it is in each of several messages, and what else a call has stays.
    """
    call = {"id": "c", "x": 1, "function": {"name": "f", "y": 2, **told}}
    message = await said({"content": "", "tool_calls": [call]})
    text = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    (sent_call,) = json.loads(text)["messages"][0]["tool_calls"]
    whole = {"name": "f", "y": 2, "arguments": "{}"}
    assert sent_call == {"type": "function", **call, "function": whole}
    several = [{"content": "", "tool_calls": [call]}, {"content": "b"}]
    (choice,) = (await answered({"id": "a", "choices": [{"messages": several}]})).choices
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
async def test_calls_that_cannot_be_read_are_an_err(choice: Any) -> None:
    """They have no arguments to look at."""
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
                "type": "of a time to come",
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
"""Messages of answers."""


@pytest.mark.parametrize("name", MESSAGES)
async def test_message_of_an_answer_is_sent_back_as_it_came(name: str) -> None:
    """With all that no schema names, and but for what is `null`, where that is left out."""
    value = MESSAGES[name]
    message = await said(value)
    told = await body(lambda client: chat_complete(client, model="m", messages=[*HI, message]))
    (_, sent_back) = json.loads(told)["messages"]
    assert sent_back == _without_nulls(value)


def _without_nulls(message: dict[str, Any]) -> dict[str, Any]:
    """Leave out the one `null` of the messages that a schema names."""
    told = json.dumps(message)
    return dict(json.loads(told.replace(', "document_name": null', "")))


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
"""Messages with unknown fields that are `null`, as other servers send them, and what is sent."""


@pytest.mark.parametrize("name", NULLS)
async def test_unknown_fields_that_are_null_are_not_sent_back(name: str) -> None:
    """Strict servers refuse fields that they do not know. The response itself keeps them."""
    value, expected = NULLS[name]
    message = await said(value)
    told = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    assert json.loads(told)["messages"] == [{"role": "assistant", **expected}]


async def test_role_and_types_that_were_left_out_are_sent() -> None:
    """A server may leave out what the next one needs."""
    message = await said({"content": None, "tool_calls": [{"function": _CALL}]})
    told = await body(lambda client: chat_complete(client, model="m", messages=[message]))
    assert json.loads(told)["messages"] == [
        {"role": "assistant", "tool_calls": [{"type": "function", "function": _CALL}]}
    ]


_CALL = {"name": "f", "arguments": "{}"}


@pytest.mark.parametrize("left_out", ["name", "arguments"])
@pytest.mark.parametrize("null", [True, False])
async def test_call_that_says_less_is_read(left_out: str, *, null: bool) -> None:
    """What is missing is empty: no name, or no arguments."""
    function: dict[str, Any] = {"name": "f", "arguments": "{}"} | {left_out: None}
    if not null:
        del function[left_out]
    message = await said({"tool_calls": [{"function": function}]})
    told: dict[str, Any] = {"name": "f", "arguments": "{}"}
    if left_out == "name":
        told["name"] = ""
    expected = FunctionCall(**told)
    assert message.tool_calls == [ToolCall(function=expected)]
