"""How the answers of a chat are read, odd ones too, and how they go into the next request."""

import json
from typing import Any

import attrs
import pytest

from mistral_core import Err, ResponseValidationError, Unknown
from mistral_core.structuring.converter import converter
from mistral_funcs import chat_complete
from mistral_funcs.schemas import (
    AssistantMessage,
    AudioChunk,
    ChatCompletionChoice,
    ChatCompletionResponse,
    ChatCompletionResponseChoiceLogprobs,
    ChatCompletionResponseTokenLogprobs,
    ChatCompletionResponseTokenLogprobsTopK,
    CompletionChunk,
    CompletionResponseStreamChoice,
    CompletionTokensDetails,
    DeltaMessage,
    DocumentURLChunk,
    FileChunk,
    FunctionCall,
    ImageURL,
    ImageURLChunk,
    MessageTokens,
    PromptTokensDetails,
    ReferenceChunk,
    ResourceChunk,
    ResourceLinkChunk,
    TextChunk,
    ThinkChunk,
    ToolCall,
    ToolReferenceChunk,
    UsageInfo,
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


async def test_usual_answer_is_read_whole() -> None:
    """Every field comes out."""
    response = await answered(
        {
            "id": "cmpl-1",
            "object": "chat.completion",
            "model": "mistral-large-latest",
            "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11},
            "created": 1702256327,
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": "Hello.", "tool_calls": None},
                    "finish_reason": "stop",
                }
            ],
        }
    )
    assert response == ChatCompletionResponse(
        id="cmpl-1",
        object="chat.completion",
        model="mistral-large-latest",
        usage=UsageInfo(prompt_tokens=9, completion_tokens=2, total_tokens=11),
        created=1702256327,
        choices=[
            ChatCompletionChoice(
                index=0, message=AssistantMessage(content="Hello."), finish_reason="stop"
            )
        ],
    )
    assert response.text == "Hello."


@pytest.mark.parametrize(
    "value",
    [
        {"id": "a"},
        {"id": "a", "choices": []},
        {
            "id": "a",
            "object": None,
            "model": None,
            "usage": None,
            "created": None,
            "choices": None,
        },
    ],
)
async def test_answer_with_only_an_id_is_read(value: object) -> None:
    """What is missing or `null` is empty, and the text too."""
    response = await answered(value)
    assert response == ChatCompletionResponse(id="a")
    assert (response.usage, response.choices, response.text) == (UsageInfo(), [], "")


TOKEN: dict[str, Any] = {"token": "é", "logprob": -0.5, "bytes": [195, 169], "token_id": 7}

LOGPROBS: dict[str, tuple[object, ChatCompletionResponseChoiceLogprobs | None]] = {
    "none": (None, None),
    "of no tokens": ({"content": None}, ChatCompletionResponseChoiceLogprobs()),
    "of a token": (
        {"content": [TOKEN]},
        ChatCompletionResponseChoiceLogprobs(
            content=[ChatCompletionResponseTokenLogprobsTopK(**TOKEN)]
        ),
    ),
    "of the most likely tokens": (
        {"content": [{**TOKEN, "top_logprobs": [TOKEN, {"token": "e", "logprob": -1}]}]},
        ChatCompletionResponseChoiceLogprobs(
            content=[
                ChatCompletionResponseTokenLogprobsTopK(
                    **TOKEN,
                    top_logprobs=[
                        ChatCompletionResponseTokenLogprobs(**TOKEN),
                        ChatCompletionResponseTokenLogprobs(token="e", logprob=-1.0),  # noqa: S106
                    ],
                )
            ]
        ),
    ),
    "of another server": (
        {"content": [{"token": "a", "logprob": 0, "bytes": None}], "refusal": None},
        ChatCompletionResponseChoiceLogprobs(
            content=[ChatCompletionResponseTokenLogprobsTopK(token="a", logprob=0.0)],  # noqa: S106
            additional_properties={"refusal": None},
        ),
    ),
}
"""Log probabilities, and what they become."""


@pytest.mark.parametrize("field", ["logprobs", "prompt_logprobs"])
@pytest.mark.parametrize("name", LOGPROBS)
async def test_log_probabilities_are_read(name: str, field: str) -> None:
    """Of the tokens of the response, and of the prompt."""
    value, expected = LOGPROBS[name]
    (choice,) = (await answered({"id": "a", "choices": [{field: value}]})).choices
    assert getattr(choice, field) == expected
    assert choice.additional_properties == {}


USAGES: dict[str, tuple[dict[str, Any], UsageInfo]] = {
    "of tokens": (
        {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
        UsageInfo(prompt_tokens=1, completion_tokens=2, total_tokens=3),
    ),
    "of audio": (
        {"prompt_tokens": 1, "total_tokens": 1, "prompt_audio_seconds": 7},
        UsageInfo(prompt_tokens=1, total_tokens=1, prompt_audio_seconds=7),
    ),
    "of nulls": (
        {"prompt_tokens": 1, "completion_tokens": None, "prompt_audio_seconds": None},
        UsageInfo(prompt_tokens=1),
    ),
    "of a tier": ({"service_tier": "priority"}, UsageInfo(service_tier="priority")),
    "of a cache": (
        {
            "prompt_tokens": 3,
            "num_cached_tokens": 2,
            "request_count": 1,
            "prompt_tokens_details": {"cached_tokens": 2, "audio_tokens": 1, "text_tokens": 0},
            "prompt_token_details": {"cached_tokens": 2},
            "completion_tokens_details": {"reasoning_tokens": 7},
        },
        UsageInfo(
            prompt_tokens=3,
            num_cached_tokens=2,
            request_count=1,
            prompt_tokens_details=PromptTokensDetails(
                cached_tokens=2, audio_tokens=1, additional_properties={"text_tokens": 0}
            ),
            prompt_token_details=PromptTokensDetails(cached_tokens=2),
            completion_tokens_details=CompletionTokensDetails(reasoning_tokens=7),
        ),
    ),
    "of messages": (
        {
            "prompt_tokens_details": {
                "messages": [
                    {"role": "user", "total_tokens": 4, "truncated": True},
                    {"role": "new"},
                ]
            }
        },
        UsageInfo(
            prompt_tokens_details=PromptTokensDetails(
                messages=[
                    MessageTokens(role="user", total_tokens=4, truncated=True),
                    MessageTokens(role="new"),
                ]
            )
        ),
    ),
    "with more than is specified": (
        {"prompt_tokens": 1, "carbon_grams": {"co2": 1}},
        UsageInfo(prompt_tokens=1, additional_properties={"carbon_grams": {"co2": 1}}),
    ),
}


@pytest.mark.parametrize("name", USAGES)
async def test_usage_is_read_in_each_of_its_shapes(name: str) -> None:
    """Left out is 0, and what is not specified is kept."""
    value, expected = USAGES[name]
    usage = (await answered({"id": "a", "usage": value})).usage
    assert usage == expected
    assert usage.additional_properties == expected.additional_properties


FINISH_REASONS = [
    "stop",
    "length",
    "model_length",
    "error",
    "tool_calls",
    "of a time to come",
    None,
]


@pytest.mark.parametrize("reason", FINISH_REASONS)
async def test_finish_reason_is_open(reason: str | None) -> None:
    """Any text comes through, and `null` as well."""
    response = await answered({"id": "a", "choices": [{"finish_reason": reason}]})
    assert response.choices == [ChatCompletionChoice(finish_reason=reason)]


async def test_answer_may_be_several_messages() -> None:
    """In place of the one, and then there is no text to be had at once."""
    response = await answered(
        {"id": "a", "choices": [{"index": 0, "messages": [{"role": "assistant", "index": 1}]}]}
    )
    assert response.choices[0].messages == [DeltaMessage(role="assistant", index=1)]
    assert response.text == ""


CHUNKS: dict[str, tuple[dict[str, Any], object]] = {
    "text": ({"type": "text", "text": "a"}, TextChunk(text="a")),
    "text without a type": ({"text": "a"}, TextChunk(text="a")),
    "image": (
        {"type": "image_url", "image_url": {"url": "u", "detail": "of a time to come"}},
        ImageURLChunk(image_url=ImageURL(url="u", detail="of a time to come")),
    ),
    "a resource": (
        {"type": "resource", "uri": "mcp://a", "content": {"type": "text", "text": "a"}},
        ResourceChunk(uri="mcp://a", content=TextChunk(text="a")),
    ),
    "a resource of a kind of a time to come": (
        {"type": "resource", "uri": "mcp://a", "content": {"type": "blob", "blob": "AA=="}},
        ResourceChunk(uri="mcp://a", content=Unknown({"type": "blob", "blob": "AA=="})),
    ),
    "a link to a resource": (
        {
            "type": "resource_link",
            "uri": "mcp://a",
            "metadata": {"size": 7, "share": 0.5, "name": "a", "new": True},
        },
        ResourceLinkChunk(
            uri="mcp://a", metadata={"size": 7, "share": 0.5, "name": "a", "new": True}
        ),
    ),
    "image, in short": ({"type": "image_url", "image_url": "u"}, ImageURLChunk(image_url="u")),
    "document": (
        {"type": "document_url", "document_url": "u", "document_name": None},
        DocumentURLChunk(document_url="u"),
    ),
    "reference": (
        {"type": "reference", "reference_ids": [1, "b"]},
        ReferenceChunk(reference_ids=[1, "b"]),
    ),
    "file": ({"type": "file", "file_id": "f"}, FileChunk(file_id="f")),
    "audio": ({"type": "input_audio", "input_audio": "U"}, AudioChunk(input_audio="U")),
    "thoughts": (
        {
            "type": "thinking",
            "thinking": [
                {"type": "text", "text": "t"},
                {"type": "reference", "reference_ids": []},
                {"type": "tool_reference", "tool": "web_search", "title": "T", "favicon": "i"},
                {"type": "tool_reference", "tool": "my_tool", "title": "T"},
                {"type": "dream"},
            ],
            "signature": "s",
            "closed": False,
        },
        ThinkChunk(
            thinking=[
                TextChunk(text="t"),
                ReferenceChunk(reference_ids=[]),
                ToolReferenceChunk(tool="web_search", title="T", favicon="i"),
                ToolReferenceChunk(tool="my_tool", title="T"),
                Unknown({"type": "dream"}),
            ],
            signature="s",
            closed=False,
        ),
    ),
    "of an unknown type": (
        {"type": "video", "frames": [1]},
        Unknown({"type": "video", "frames": [1]}),
    ),
    "that cannot be read": ({"type": "text", "text": 1}, Unknown({"type": "text", "text": 1})),
}
"""A chunk in JSON, and what it is read as."""


@pytest.mark.parametrize("name", CHUNKS)
async def test_chunk_is_of_the_class_that_its_type_says(name: str) -> None:
    """One of a new type, or that cannot be read, is `Unknown`, and fails nothing."""
    value, expected = CHUNKS[name]
    message = await said({"content": [value, {"type": "text", "text": "!"}]})
    assert message.content == [expected, TextChunk(text="!")]


@pytest.mark.parametrize("chunk", ["text", 1, None, []])
async def test_chunk_that_is_no_object_fails_nothing(chunk: object) -> None:
    """It is `Unknown` at its place."""
    message = await said({"content": [chunk]})
    assert message.content == [Unknown(chunk)]


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
        "content": [value for value, _ in CHUNKS.values() if "type" in value],
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


FAULTS: dict[str, tuple[object, str]] = {
    "id a number": ({"id": 7, "choices": []}, "$.id"),
    "choices an object": ({"id": "a", "choices": {}}, "$.choices"),
    "index a text": ({"id": "a", "choices": [{"index": "0th"}]}, "$.choices[0].index"),
    "content a number": (
        {"id": "a", "choices": [{"message": {"content": 1}}]},
        "$.choices[0].message.content",
    ),
    "another role": (
        {"id": "a", "choices": [{"message": {"role": "user"}}]},
        "$.choices[0].message",
    ),
    "arguments an array": (
        {
            "id": "a",
            "choices": [
                {"message": {"tool_calls": [{"function": {"name": "f", "arguments": []}}]}}
            ],
        },
        "$.choices[0].message.tool_calls[0].function.arguments",
    ),
    "function a text": (
        {"id": "a", "choices": [{"message": {"tool_calls": [{"function": "f"}]}}]},
        "$.choices[0].message.tool_calls[0].function",
    ),
    "tokens a text": ({"id": "a", "usage": {"total_tokens": "1.5"}}, "$.usage.total_tokens"),
    "an array": ([], "$"),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_what_cannot_be_read_is_named_by_its_path(name: str) -> None:
    """With an error, and no exception."""
    value, path = FAULTS[name]
    result = await read(lambda client: chat_complete(client, model="m", messages=HI), value)
    assert isinstance(result, Err)
    assert isinstance(result.error, ResponseValidationError)
    assert result.error.path == path


DELTAS: dict[str, tuple[dict[str, Any], CompletionChunk]] = {
    "usual": (
        {
            "id": "a",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "delta": {"content": "b"}, "finish_reason": None}],
        },
        CompletionChunk(
            id="a",
            object="chat.completion.chunk",
            created=1,
            model="m",
            choices=[CompletionResponseStreamChoice(index=0, delta=DeltaMessage(content="b"))],
        ),
    ),
    "last": (
        {
            "id": "a",
            "usage": {"total_tokens": 3},
            "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "stop"}],
        },
        CompletionChunk(
            id="a",
            usage=UsageInfo(total_tokens=3),
            choices=[
                CompletionResponseStreamChoice(
                    index=0, delta=DeltaMessage(content=""), finish_reason="stop"
                )
            ],
        ),
    ),
    "of chunks and calls": (
        {
            "id": "a",
            "choices": [
                {
                    "delta": {
                        "role": "assistant",
                        "content": [{"type": "text", "text": "b"}, {"type": "video"}],
                        "tool_calls": [{"function": _CALL, "index": 1}],
                        "tool_call_id": "c",
                        "index": 2,
                        "metadata": {"k": None},
                    },
                    "finish_reason": "of a time to come",
                }
            ],
        },
        CompletionChunk(
            id="a",
            choices=[
                CompletionResponseStreamChoice(
                    delta=DeltaMessage(
                        role="assistant",
                        content=[TextChunk(text="b"), Unknown({"type": "video"})],
                        tool_calls=[
                            ToolCall(function=FunctionCall(name="f", arguments="{}"), index=1)
                        ],
                        tool_call_id="c",
                        index=2,
                        metadata={"k": None},
                    ),
                    finish_reason="of a time to come",
                )
            ],
        ),
    ),
    "of nothing": ({"id": "a"}, CompletionChunk(id="a")),
    "of nulls": (
        {"id": "a", "usage": None, "choices": [{"index": None, "delta": None}]},
        CompletionChunk(id="a", choices=[CompletionResponseStreamChoice()]),
    ),
}
"""A piece of a stream in JSON, and what it is read as."""


@pytest.mark.parametrize("name", DELTAS)
def test_piece_of_a_stream_is_read(name: str) -> None:
    """With as little in it as there may be."""
    value, expected = DELTAS[name]
    assert converter.structure(value, CompletionChunk) == expected


def test_schemas_are_values() -> None:
    """Equal where they say the same, and changed into others."""
    message = AssistantMessage(content="a")
    assert attrs.evolve(message, prefix=True) == AssistantMessage(content="a", prefix=True)
