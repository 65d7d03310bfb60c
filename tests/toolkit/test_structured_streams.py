"""Structured output of streams: partial values, and the instance at the end."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Literal

import attrs
import pytest
from pydantic import BaseModel

from mistral_core import (
    APIConnectionError,
    Err,
    InvalidRequestError,
    MistralCore,
    Ok,
    ResponseValidationError,
    SDKError,
)
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import (
    Complete,
    Partial,
    agents_stream,
    beta_conversations_append_stream,
    beta_conversations_restart,
    beta_conversations_start,
    beta_conversations_start_stream,
    chat_complete,
    chat_stream,
    parse,
    parse_stream,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import CompletionArgs

MESSAGES = [{"role": "user", "content": "Describe a person"}]


@attrs.frozen
class Pet:
    """A pet."""

    name: str
    age: int


@attrs.frozen
class Person:
    """A person."""

    name: str
    pets: list[Pet] = attrs.field(factory=list[Pet])


PERSON = '{"name": "Ada \\u00e9", "pets": [{"name": "Tom", "age": 3}, {"name": "Rex", "age": 12}]}'


def events(*values: Mapping[str, Any] | APIConnectionError, end: bool = True) -> ScriptedTransport:
    """Return a transport that streams events."""
    chunks: list[bytes | APIConnectionError] = [
        each if isinstance(each, APIConnectionError) else f"data: {json.dumps(each)}\n\n".encode()
        for each in values
    ]
    done = [b"data: [DONE]\n\n"] if end else []
    return ScriptedTransport(stream_response(*chunks, *done))


def delta(text: str, reason: str | None = None, index: int = 0) -> dict[str, Any]:
    """Return a chunk of a chat completion."""
    choice = {"index": index, "delta": {"content": text}, "finish_reason": reason}
    return {"id": "c", "model": "m", "choices": [choice]}


def cut(text: str, size: int = 7) -> list[dict[str, Any]]:
    """Return the chunks of a completion with this text."""
    parts = [text[start : start + size] for start in range(0, len(text), size)]
    return [*map(delta, parts), delta("", "stop"), {"id": "c", "choices": [], "usage": {}}]


async def items_of(transport: ScriptedTransport | Sandbox, schema: Any = Person) -> list[Any]:
    """Return the items of a stream of a completion."""
    client = MistralCore(transport=transport)
    opened = await parse_stream(
        schema, chat_stream, client, model="mistral-large-latest", messages=MESSAGES
    )
    async with opened.unwrap() as stream:
        return [item async for item in stream]


async def test_instance_grows_and_is_validated_at_the_end() -> None:
    """Strings grow, numbers appear when they are complete, and all fields are always present."""
    *partial, last = await items_of(events(*cut(PERSON)))
    assert last == Ok(Complete(Person("Ada é", [Pet("Tom", 3), Pet("Rex", 12)])))
    values = [item.value.value for item in partial]
    assert all(isinstance(item.value, Partial) for item in partial)
    assert values[0] == {}
    assert values[1:4] == [{"name": "Ada "}, {"name": "Ada é"}, {"name": "Ada é"}]
    assert values[-1] == json.loads(PERSON)
    assert repr(partial[1].value) == "Partial({'name': 'Ada '})"
    paths = [item.value.incomplete for item in partial]
    assert paths[1] == ("name",)
    assert ("pets", 1, "name") in paths
    assert paths[-1] == ()


async def test_strict_schema_and_other_arguments_are_sent() -> None:
    """Like with `parse`. The caller's arguments are sent."""
    transport = events(*cut(PERSON))
    client = MistralCore(transport=transport)
    await parse_stream(Person, chat_stream, client, model="m", messages=MESSAGES, temperature=0)
    body: Any = transport.requests[0].body
    sent = json.loads(body)
    assert sent["temperature"] == 0
    assert sent["stream"] is True
    assert sent["response_format"]["json_schema"]["strict"] is True


async def test_sandbox_streams_an_instance() -> None:
    """For chats and agents."""
    sandbox = Sandbox()
    assert isinstance((await items_of(sandbox))[-1].unwrap(), Complete)
    client = MistralCore(transport=sandbox)
    agent = next(iter(sandbox.state.agents))
    opened = await parse_stream(Pet, agents_stream, client, agent_id=agent, messages=MESSAGES)
    async with opened.unwrap() as stream:
        *_, last = [item async for item in stream]
    assert isinstance(last.unwrap(), Complete)


@pytest.mark.parametrize(
    ("kind", "text", "value", "partial"),
    [
        (list[int], '{"value": [1, 2]}', [1, 2], {"value": [1, 2]}),
        (int | None, '{"value": 7}', 7, {"value": 7}),
        (str, '{"value": "Hi"}', "Hi", {"value": "Hi"}),
        (Literal["a", "b"], '{"value": "b"}', "b", {"value": "b"}),
        (set[int] | Pet, '{"value": [1]}', {1}, {"value": [1]}),
        (list[int], "[1, 2]", [1, 2], {}),
        (Pet, '```json\n{"name": "Tom", "age": 3}\n```', Pet("Tom", 3), {"name": "Tom", "age": 3}),
    ],
    ids=str,
)
async def test_wrapped_and_fenced_values_are_read(
    kind: Any, text: str, value: Any, partial: Mapping[str, Any]
) -> None:
    """A partial value shows the object of the strict schema."""
    *parts, last = await items_of(events(*cut(text)), kind)
    assert last == Ok(Complete(value))
    assert parts[-1].value.value == partial


async def test_only_the_first_choice_is_read() -> None:
    """The texts of the others would be mixed into it."""
    first, second = delta('{"name": "Tom", "age": 3}'), delta('{"name": "Rex"', index=1)
    assert (await items_of(events(first, second, delta("", "stop")), Pet))[-1] == Ok(
        Complete(Pet("Tom", 3))
    )


@pytest.mark.parametrize(
    ("text", "reason", "message"),
    [
        ('{"name": "Tom", "age": "x"}', "stop", "`$.age` must be an integer"),
        ('{"name": "Tom", "a', "length", "is not JSON"),
        ("", "tool_calls", "is not JSON"),
        ("Sorry, I cannot do that.", "stop", "is not JSON"),
    ],
)
async def test_invalid_text_is_the_last_item(text: str, reason: str, message: str) -> None:
    """With the finish reason and the text."""
    last: Any = (await items_of(events(delta(text), delta("", reason)), Pet))[-1]
    assert isinstance(last.error, ResponseValidationError)
    assert message in last.error.message
    assert f"(finish reason: {reason})" in last.error.message
    assert last.error.body == text.encode()
    assert last.error.status == 200


async def test_broken_stream_has_no_complete_value() -> None:
    """Its error is the last item, also without `[DONE]`."""
    for transport in (
        events(delta(PERSON), APIConnectionError("gone")),
        events(delta(PERSON), end=False),
    ):
        *partial, last = await items_of(transport)
        assert [item.value.value for item in partial] == [json.loads(PERSON)]
        failure: Err[Any] = last
        assert isinstance(failure.error, APIConnectionError)


async def test_failed_call_is_no_stream() -> None:
    """A type without a schema is refused before the call."""
    transport = ScriptedTransport(json_response({}, 404))
    client = MistralCore(transport=transport)
    refused = await parse_stream(complex, chat_stream, client, model="m", messages=MESSAGES)
    assert isinstance(refused, Err)
    assert isinstance(refused.error, InvalidRequestError)
    assert transport.requests == []
    failed = await parse_stream(Pet, chat_stream, client, model="m", messages=MESSAGES)
    assert isinstance(failed, Err)
    assert isinstance(failed.error, SDKError)


async def test_wait_for_an_item_can_be_cancelled() -> None:
    """The next wait resumes it, and nothing is lost."""
    client = MistralCore(transport=events(*cut(PERSON)))
    opened = await parse_stream(Person, chat_stream, client, model="m", messages=MESSAGES)
    received: list[Any] = []
    async with opened.unwrap() as stream:
        while True:
            task = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            task.cancel()
            try:
                received.append(await task)
            except asyncio.CancelledError:
                pass
            except StopAsyncIteration:
                break
            try:
                received.append(await anext(stream))
            except StopAsyncIteration:
                break
    assert received[-1].unwrap().value == Person("Ada é", [Pet("Tom", 3), Pet("Rex", 12)])
    assert len(received) == len(cut(PERSON)) - 1


async def test_stream_is_entered_and_read_once() -> None:
    """Like every stream."""
    client = MistralCore(transport=events(*cut(PERSON)))
    opened = await parse_stream(Person, chat_stream, client, model="m", messages=MESSAGES)
    async with opened.unwrap() as stream:
        await anext(stream)
    with pytest.raises(RuntimeError, match="can only be read once"):
        async with opened.unwrap():
            pass


# ------------------------------------------------------------------------------------ conversations


def message(text: str, index: int = 0) -> dict[str, Any]:
    """Return a part of a message in a conversation."""
    return {
        "type": "message.output.delta",
        "id": f"m{index}",
        "content": text,
        "output_index": index,
    }


DONE: dict[str, Any] = {"type": "conversation.response.done", "usage": {}}


async def conversation(*values: Mapping[str, Any]) -> list[Any]:
    """Return the items of a stream of a conversation."""
    client = MistralCore(transport=events(*values, end=False))
    opened = await parse_stream(Pet, beta_conversations_start_stream, client, inputs="A pet")
    async with opened.unwrap() as stream:
        return [item async for item in stream]


async def test_conversation_is_parsed_from_its_last_message() -> None:
    """Text before a tool call is not part of the instance."""
    items = await conversation(
        {"type": "conversation.response.started", "conversation_id": "c"},
        message("Let me {search"),
        {"type": "tool.execution.started", "id": "t", "name": "web_search", "output_index": 1},
        message('{"name": "Tom", ', 2),
        message('"age": 3}', 2),
        DONE,
    )
    values = [item.value.value for item in items]
    assert values == [{}, {"name": "Tom"}, {"name": "Tom", "age": 3}, Pet("Tom", 3)]


@pytest.mark.parametrize(
    ("event", "error"),
    [
        ({"message": "Too many", "code": 429}, SDKError("Too many", 429, code="429")),
        ({"message": "Failed", "code": 3000}, SDKError("Failed", 200, code="3000")),
        ({}, SDKError("The conversation failed", 200)),
    ],
)
async def test_error_of_a_conversation_is_the_last_item(
    event: Mapping[str, Any], error: SDKError
) -> None:
    """Although it is an event of the stream."""
    *partial, last = await conversation(
        message('{"name": "Tom"'), {"type": "conversation.response.error", **event}
    )
    assert [item.value.value for item in partial] == [{"name": "Tom"}]
    failure: SDKError = last.error
    assert (str(failure), failure.status) == (str(error), error.status)


RESPONSE: dict[str, Any] = {
    "conversation_id": "c",
    "outputs": [
        {"type": "message.output", "content": "Let me search"},
        {"type": "tool.execution", "name": "web_search", "arguments": "{}"},
        {"type": "message.output", "content": '{"name": "Tom", "age": 3}'},
    ],
    "usage": {},
}


@pytest.mark.parametrize(
    "given",
    [None, {"temperature": 0.5}, CompletionArgs(temperature=0.5)],
    ids=["none", "mapping", "class"],
)
async def test_conversation_has_the_format_in_its_completion_args(given: Any) -> None:
    """Together with the caller's fields. The caller's object is not changed."""
    transport = ScriptedTransport(json_response(RESPONSE))
    client = MistralCore(transport=transport)
    result = await parse(
        Pet, beta_conversations_start, client, inputs="A pet", completion_args=given
    )
    assert result == Ok(Pet("Tom", 3))
    body: Any = transport.requests[0].body
    sent = json.loads(body)
    assert sent["completion_args"]["response_format"]["json_schema"]["name"] == "Pet"
    assert "response_format" not in sent
    if given is not None:
        assert sent["completion_args"]["temperature"] == 0.5
        assert given in ({"temperature": 0.5}, CompletionArgs(temperature=0.5))


async def test_conversation_can_be_restarted_and_continued() -> None:
    """With the functions that restart and append."""
    transport = ScriptedTransport(
        json_response(RESPONSE), stream_response(f"data: {json.dumps(DONE)}\n\n".encode())
    )
    client = MistralCore(transport=transport)
    restarted = await parse(
        Pet, beta_conversations_restart, client, "c", from_entry_id="e", inputs="A pet"
    )
    assert restarted == Ok(Pet("Tom", 3))
    opened = await parse_stream(Pet, beta_conversations_append_stream, client, "c", inputs="More")
    async with opened.unwrap() as stream:
        (last,) = [item async for item in stream]
    assert isinstance(last, Err)
    assert "finish reason" not in last.error.message
    for request in transport.requests:
        body: Any = request.body
        assert "response_format" in json.loads(body)["completion_args"]


# -------------------------------------------------------------------------------------------- types


class Bird(BaseModel):
    """A bird."""

    wings: int = 2


async def test_models_of_pydantic_are_parsed() -> None:
    """By pydantic, plain and streamed."""
    assert (await items_of(events(*cut('{"wings": null}')), Bird))[-1] == Ok(Complete(Bird()))
    choice = {"index": 0, "message": {"content": '{"wings": 3}'}}
    client = MistralCore(
        transport=ScriptedTransport(json_response({"id": "c", "choices": [choice]}))
    )
    result = await parse(list[Bird] | Bird, chat_complete, client, model="m", messages=MESSAGES)
    assert result == Ok(Bird(wings=3))
