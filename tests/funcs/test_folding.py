"""Folding streams: the result is the response of the plain call."""

from itertools import pairwise

import attrs
import pytest
from hypothesis import given, strategies as st

from mistral_core import APIConnectionError, Err, MistralCore, Ok, SDKError
from mistral_core.structuring.converter import converter
from mistral_funcs import (
    agents_complete,
    agents_stream,
    chat_complete,
    chat_stream,
    collect_completion,
    fim_complete,
    fim_stream,
    fold_completion,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    AssistantMessage,
    ChatCompletionChoice,
    ChatCompletionResponse,
    CompletionChunk,
    FunctionCall,
    ReferenceChunk,
    TextChunk,
    ThinkChunk,
    ToolCall,
    UsageInfo,
)

TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}
MESSAGES = [{"role": "user", "content": "How is it? Ask get_weather in Paris"}]


def folded(*chunks: object) -> ChatCompletionResponse:
    """Fold chunks in JSON."""
    return fold_completion(converter.structure([*chunks], list[CompletionChunk]))


def delta(index: int = 0, reason: str | None = None, **delta: object) -> dict[str, object]:
    """Return a chunk with one delta."""
    choice = {"index": index, "delta": delta, "finish_reason": reason}
    return {"id": "c", "model": "m", "created": 5, "choices": [choice]}


def message(response: ChatCompletionResponse, index: int = 0) -> AssistantMessage:
    """Return the message of a choice."""
    chosen = response.choices[index].message
    assert chosen is not None
    return chosen


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"n": 3, "max_tokens": 2},
        {"tools": [TOOL]},
        {"prompt_mode": "reasoning"},
        {"response_format": {"type": "json_object"}},
    ],
)
async def test_a_folded_stream_equals_the_plain_response(more: dict[str, object]) -> None:
    """Except for ID and time: text, tool calls, thoughts, usage and finish reasons."""
    client = MistralCore(transport=Sandbox())
    asked = {"model": "mistral-large-latest", "messages": MESSAGES, **more}
    plain_response = (await chat_complete(client, **asked)).unwrap()  # type: ignore[arg-type]
    stream = (await chat_stream(client, **asked)).unwrap()  # type: ignore[arg-type]
    again = (await collect_completion(stream)).unwrap()
    assert plain(again) == plain(plain_response)


def plain(response: ChatCompletionResponse) -> ChatCompletionResponse:
    """Return a response without the values that differ in each call."""
    choices = [
        attrs.evolve(
            choice,
            message=attrs.evolve(
                choice.message,
                tool_calls=[attrs.evolve(call, id="") for call in choice.message.tool_calls or []],
            ),
        )
        for choice in response.choices
        if choice.message is not None
    ]
    return attrs.evolve(response, id="", created=0, choices=choices)


async def test_agents_and_code_fold_the_same_way() -> None:
    """One function supports all three streams."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    agent = next(iter(sandbox.state.agents))
    plain_response = (await agents_complete(client, agent_id=agent, messages=MESSAGES)).unwrap()
    stream = (await agents_stream(client, agent_id=agent, messages=MESSAGES)).unwrap()
    assert (await collect_completion(stream)).unwrap().text == plain_response.text != ""
    code = (await fim_complete(client, model="codestral-latest", prompt="def f(")).unwrap()
    pieces = (await fim_stream(client, model="codestral-latest", prompt="def f(")).unwrap()
    assert (await collect_completion(pieces)).unwrap().text == code.text != ""


async def test_a_broken_stream_is_an_err() -> None:
    """Instead of a response."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    for fault, kind in ((503, SDKError), (APIConnectionError("cut"), APIConnectionError)):
        sandbox.fail(fault, after=3)
        stream = await chat_stream(client, model="open-mistral-7b", messages=MESSAGES)
        result = await collect_completion(stream.unwrap())
        assert isinstance(result, Err)
        assert isinstance(result.error, kind)


async def test_collecting_returns_a_result() -> None:
    """Like every function that may fail."""
    client = MistralCore(transport=Sandbox())
    stream = await chat_stream(client, model="open-mistral-7b", messages=MESSAGES)
    assert isinstance(await collect_completion(stream.unwrap()), Ok)


def test_no_chunks_are_an_empty_response() -> None:
    """As of a stream with only `[DONE]`."""
    assert fold_completion([]) == ChatCompletionResponse(id="", object="chat.completion")


def test_metadata_is_folded() -> None:
    """The ID of the first chunk, the usage of the last one, and unknown fields."""
    usage = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
    last = {**delta(reason="stop", content="b", mood="good"), "usage": usage, "p": "abc"}
    response = folded(delta(role="assistant", content="a"), last)
    assert response == ChatCompletionResponse(
        id="c",
        object="chat.completion",
        model="m",
        created=5,
        usage=UsageInfo(prompt_tokens=1, completion_tokens=2, total_tokens=3),
        choices=[
            ChatCompletionChoice(
                index=0,
                message=AssistantMessage(content="ab", additional_properties={"mood": "good"}),
                finish_reason="stop",
            )
        ],
        additional_properties={"p": "abc"},
    )


def test_log_probabilities_are_joined() -> None:
    """Those of the prompt are sent once. Without any there are none."""

    def piece(content: str, **more: object) -> dict[str, object]:
        choice = {"index": 0, "delta": {"content": content}, **more}
        return {"id": "c", "choices": [choice]}

    def probabilities(*tokens: str) -> dict[str, object]:
        return {"content": [{"token": token, "logprob": -1} for token in tokens]}

    response = folded(
        piece("a", prompt_logprobs=probabilities("p", "q")),
        piece("b", logprobs=probabilities("b")),
        piece("", logprobs=None),
        piece("cd", logprobs=probabilities("c", "d")),
    )
    (choice,) = response.choices
    assert choice.logprobs is not None
    assert [token.token for token in choice.logprobs.content] == ["b", "c", "d"]
    assert choice.prompt_logprobs is not None
    assert [token.token for token in choice.prompt_logprobs.content] == ["p", "q"]
    assert folded(delta(content="a")).choices[0].logprobs is None


def test_consecutive_thoughts_and_texts_are_joined() -> None:
    """Other chunks separate them. A string after chunks becomes a text chunk."""

    def thought(text: str, **more: object) -> dict[str, object]:
        return {"type": "thinking", "thinking": [{"type": "text", "text": text}], **more}

    reference = {"type": "reference", "reference_ids": [1]}
    response = folded(
        delta(content=""),
        delta(content=[thought("Let ")]),
        delta(content=[thought("me see.", signature="s", closed=True)]),
        delta(content="It is "),
        delta(content=[{"type": "text", "text": "so"}, reference]),
        delta(content=[reference]),
        delta(content="."),
    )
    assert message(response).content == [
        ThinkChunk(thinking=[TextChunk(text="Let me see.")], signature="s", closed=True),
        TextChunk(text="It is so"),
        ReferenceChunk(reference_ids=[1]),
        ReferenceChunk(reference_ids=[1]),
        TextChunk(text="."),
    ]
    assert response.text == "It is so."


THOUGHT: dict[str, object] = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}
EMPTY_THOUGHT = {**THOUGHT, "thinking": [{"type": "text", "text": ""}]}


@pytest.mark.parametrize(
    "between",
    [
        "",
        None,
        [],
        [{"type": "text", "text": ""}],
        [EMPTY_THOUGHT],
        [{"type": "thinking", "thinking": []}],
        [{"type": "text", "text": ""}, EMPTY_THOUGHT, {"type": "text", "text": ""}],
    ],
)
def test_empty_content_does_not_split_a_thought(between: object) -> None:
    """The API refuses a message with two thoughts when it is sent back."""
    signed = {**THOUGHT, "signature": "s", "closed": True, "x": 1}
    response = folded(delta(content=[signed]), delta(content=between), delta(content=[THOUGHT]))
    expected = ThinkChunk(
        thinking=[TextChunk(text="HmHm")],
        signature="s",
        closed=True,
        additional_properties={"x": 1},
    )
    assert message(response).content == [expected]


def test_text_between_thoughts_keeps_its_place() -> None:
    """Whitespace counts as text of the model."""
    response = folded(delta(content=[THOUGHT]), delta(content=" "), delta(content=[THOUGHT]))
    thought = ThinkChunk(thinking=[TextChunk(text="Hm")])
    assert message(response).content == [thought, TextChunk(text=" "), thought]


def call(index: int | None, id_: str | None, name: str | None, arguments: object) -> object:
    """Return a tool call in JSON without `None` values."""
    function = {"name": name, "arguments": arguments}
    fields = {"index": index, "id": id_}
    return {
        **{key: value for key, value in fields.items() if value is not None},
        "function": {key: value for key, value in function.items() if value is not None},
    }


def test_fragments_of_a_tool_call_are_joined() -> None:
    """By index, because only the first fragment has the ID and the name."""
    response = folded(
        delta(content=None, tool_calls=[call(0, "a", "f", "")]),
        delta(tool_calls=[call(0, None, None, '{"x"'), call(1, "b", "g", "{")]),
        delta(tool_calls=[call(1, "null", "", "}"), call(0, "a", None, ": 1}")]),
        delta(reason="tool_calls", tool_calls=[]),
    )
    assert message(response).tool_calls == [
        ToolCall(id="a", index=0, function=FunctionCall(name="f", arguments='{"x": 1}')),
        ToolCall(id="b", index=1, function=FunctionCall(name="g", arguments="{}")),
    ]


def test_tool_calls_with_different_ids_are_separate() -> None:
    """Even if a server sends the same index for each, or none. Objects are not joined."""
    response = folded(
        delta(tool_calls=[call(0, "a", "f", {"x": 1}), call(0, "b", "f", {"x": 2})]),
        delta(tool_calls=[call(None, "c", "g", "{}"), call(0, "b", "f", {"x": 3})]),
    )
    assert [each.function.arguments for each in message(response).tool_calls or []] == [
        {"x": 1},
        {"x": 3},
        "{}",
    ]


SERVERS: dict[str, tuple[list[list[object]], list[tuple[str | None, str, object]]]] = {
    "complete calls at one index": (
        [[call(0, "a", "f", '{"x":1}')], [call(0, "b", "f", '{"x":2}')], [call(0, "c", "g", "{}")]],
        [("a", "f", '{"x":1}'), ("b", "f", '{"x":2}'), ("c", "g", "{}")],
    ),
    "fragments at one index": (
        [
            [call(0, "a", "f", "")],
            [call(0, None, None, '{"x"')],
            [call(0, "", "", ":1}")],
            [call(0, "b", "f", "{")],
            [call(0, None, None, '"y"'), call(0, "null", None, ":2}")],
        ],
        [("a", "f", '{"x":1}'), ("b", "f", '{"y":2}')],
    ),
    "no index": (
        [
            [call(None, "a", "f", "{")],
            [call(None, None, None, "}")],
            [call(None, "b", "g", "{")],
            [call(None, None, None, "}")],
        ],
        [("a", "f", "{}"), ("b", "g", "{}")],
    ),
    "an index only in the first fragment": (
        [[call(0, "a", "f", "{"), call(1, "b", "g", "{")], [call(None, None, None, "}")]],
        [("a", "f", "{"), ("b", "g", "{}")],
    ),
    "an unused index": (
        [[call(0, "a", "f", "{")], [call(7, None, None, "}")]],
        [("a", "f", "{}")],
    ),
    "interleaved": (
        [
            [call(0, "a", "f", "{"), call(1, "b", "g", "[")],
            [call(1, None, None, "]"), call(0, None, None, "}")],
        ],
        [("a", "f", "{}"), ("b", "g", "[]")],
    ),
    "id and name in each fragment": (
        [[call(0, "a", "f", "{"), call(0, "b", "f", "[")], [call(0, "a", "f", "}")]],
        [("a", "f", "{}"), ("b", "f", "[")],
    ),
    "a late id": (
        [[call(0, None, "f", "{")], [call(0, "a", None, "}")], [call(0, "b", None, "{}")]],
        [("a", "f", "{}"), ("b", "", "{}")],
    ),
    "a new id after a call without one": (
        [[call(0, None, "f", "{}")], [call(0, "b", "g", "{}")]],
        [(None, "f", "{}"), ("b", "g", "{}")],
    ),
    "a name after the id": (
        [[call(0, "a", None, None)], [call(0, None, "f", "{}")]],
        [("a", "f", "{}")],
    ),
    "no ids, one index each": (
        [[call(0, None, "f", '{"x":1}')], [call(1, None, "f", '{"x":2}')]],
        [(None, "f", '{"x":1}'), (None, "f", '{"x":2}')],
    ),
    "no ids, one index for all": (
        [[call(0, "", "f", '{"x":1}')], [call(0, "", "f", '{"x":2}')], [call(0, "", "g", None)]],
        [("", "f", '{"x":1}'), ("", "f", '{"x":2}'), ("", "g", "{}")],
    ),
    "no ids, objects": (
        [[call(0, None, "f", {"x": 1}), call(0, None, "f", {"x": 2})]],
        [(None, "f", {"x": 1}), (None, "f", {"x": 2})],
    ),
    "no ids, a name in each fragment": (
        [[call(0, None, "f", '{"x"')], [call(0, None, "f", ":1}")], [call(0, None, "f", "")]],
        [(None, "f", '{"x":1}')],
    ),
    "a fragment before any call": ([[call(3, None, None, "{}")]], [(None, "", "{}")]),
    "an object, then nothing": (
        [[call(0, "a", "f", {"x": 1})], [call(0, None, None, "")]],
        [("a", "f", {"x": 1})],
    ),
    "nothing, then an object": (
        [[call(0, "a", "f", "")], [call(0, None, None, {"x": 1})]],
        [("a", "f", {"x": 1})],
    ),
    "no arguments": (
        [
            [call(0, "a", "f", None), call(1, "b", "g", ""), call(2, "c", "h", " ")],
            [call(3, "d", "i", "null"), call(4, "e", "j", "nu"), call(4, None, None, "ll")],
        ],
        [(id_, name, "{}") for id_, name in zip("abcde", "fghij", strict=True)],
    ),
    "null within the arguments": (
        [[call(0, "a", "f", '{"x":')], [call(0, None, None, "null")], [call(0, None, None, "}")]],
        [("a", "f", '{"x":null}')],
    ),
}


@pytest.mark.parametrize("server", SERVERS)
def test_tool_calls_are_joined_as_servers_send_them(server: str) -> None:
    """A new ID begins a new call. A fragment without an ID continues the last one."""
    chunks, calls = SERVERS[server]
    response = folded(*(delta(tool_calls=fragments) for fragments in chunks))
    assert [
        (each.id, each.function.name, each.function.arguments)
        for each in message(response).tool_calls or []
    ] == calls


def test_unknown_fields_of_a_call_are_kept() -> None:
    """Some servers require a signature to be sent back."""
    first = {"id": "a", "x": 1, "function": {"name": "f", "arguments": "{", "y": 2}}
    more = {"z": 3, "function": {"arguments": "}", "w": 4}}
    (each,) = message(folded(delta(tool_calls=[first]), delta(tool_calls=[more]))).tool_calls or []
    assert each.additional_properties == {"x": 1, "z": 3}
    assert each.function.additional_properties == {"y": 2, "w": 4}


@pytest.mark.parametrize("blank", ["", None])
def test_empty_values_replace_nothing(blank: str | None) -> None:
    """Such as an empty finish reason or role in another chunk."""
    empty = {"index": 0, "role": blank, "content": blank, "tool_call_id": blank}
    real = {"index": 0, "role": "tool", "content": "a", "tool_call_id": "t"}
    (choice,) = folded(
        *(
            {"id": "c", "choices": [{"delta": each, "finish_reason": reason}]}
            for each, reason in ((empty, blank), (real, "tool_calls"), (empty, blank))
        )
    ).choices
    assert choice.finish_reason == "tool_calls"
    (joined,) = choice.messages or []
    assert (joined.role, joined.content, joined.tool_call_id) == ("tool", "a", "t")
    assert folded(delta(reason="")).choices[0].finish_reason is None


def test_choices_are_separate() -> None:
    """In any order of their chunks."""
    response = folded(
        delta(1, content="b"),
        delta(0, content="a"),
        delta(1, "length", content="B"),
        delta(0, "stop", content="A"),
    )
    assert [message(response, index).text for index in (0, 1)] == ["aA", "bB"]
    assert [choice.finish_reason for choice in response.choices] == ["stop", "length"]


def test_several_messages_of_a_choice_are_separate() -> None:
    """Deltas have the index of their message."""
    deltas: list[dict[str, object]] = [
        {"role": "assistant", "content": "a", "index": 0, "metadata": {"x": 1}},
        {"role": "tool", "content": "t", "tool_call_id": "c", "index": 1},
        {"content": "b", "index": 0, "metadata": {"y": 2}},
    ]
    pieces = [{"id": "c", "choices": [{"index": 0, "delta": each}]} for each in deltas]
    (choice,) = folded(*pieces).choices
    assert choice.message is None
    first, second = choice.messages or []
    assert (first.role, first.content, first.metadata) == ("assistant", "ab", {"x": 1, "y": 2})
    assert (second.role, second.content, second.tool_call_id) == ("tool", "t", "c")


def test_a_delta_without_an_index_continues_the_last_message() -> None:
    """Even if other deltas have one."""
    deltas: list[dict[str, object]] = [
        {"content": "a"},
        {"content": "b", "index": 0},
        {"content": "c", "index": 1},
        {"content": "d"},
    ]
    pieces = [{"id": "c", "choices": [{"index": 0, "delta": each}]} for each in deltas]
    (choice,) = folded(*pieces).choices
    assert [each.content for each in choice.messages or []] == ["ab", "cd"]


@given(st.text(), st.data())
def test_any_text_is_folded(text: str, data: st.DataObject) -> None:
    """However it was split."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    parts = [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]
    assert folded(*(delta(content=part) for part in parts)).text == text
