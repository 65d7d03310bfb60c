"""The Responses API of the sandbox: items, functions, events and refusals."""

import json
from typing import Any

import pytest

from mistral_core import Err, EventStream, MistralCore, RetryConfig, SDKError
from mistral_funcs import responses_count_input_tokens, responses_create, responses_stream
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    CreateResponseResponse,
    ResponsesCompletedEvent,
    ResponsesFailedEvent,
    ResponsesFunctionCallArgumentsDeltaEvent,
    ResponsesFunctionToolCall,
    ResponsesIncompleteEvent,
    ResponsesOutputMessage,
    ResponsesReasoningItem,
    ResponsesTextDeltaEvent,
)

MODEL = "mistral-large-latest"
WEATHER: dict[str, Any] = {
    "type": "function",
    "name": "get_weather",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
}
USER = {"role": "user", "content": "hi"}
ID = "aaaaaaaaa"
CALL = {"type": "function_call", "call_id": ID, "name": "f", "arguments": "{}"}
OUTPUT = {"type": "function_call_output", "call_id": ID, "output": "22"}


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a new sandbox."""
    return Sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> MistralCore:
    """Return a client of the sandbox."""
    return MistralCore(transport=sandbox, retry_config=RetryConfig(strategy="none"))


async def created(client: MistralCore, input_: Any = "hi", **more: Any) -> CreateResponseResponse:
    """Return a response."""
    return (await responses_create(client, model=MODEL, input=input_, **more)).unwrap()


async def read(stream: EventStream[Any]) -> list[Any]:
    """Return the events of a stream."""
    async with stream as events:
        return [event.unwrap() async for event in events]


async def test_a_response_is_text(client: MistralCore) -> None:
    """It has its usage, and the settings of the request."""
    response = await created(client, instructions="Be kind.", metadata={"a": "b"}, temperature=0.5)
    assert (response.status, response.model) == ("completed", MODEL)
    assert response.output_text == "You said: hi"
    assert (response.instructions, response.metadata) == ("Be kind.", {"a": "b"})
    assert response.usage is not None
    assert (response.usage.input_tokens, response.usage.output_tokens) == (3, 3)
    counted = await responses_count_input_tokens(
        client, model=MODEL, input="hi", instructions="Be kind."
    )
    assert counted.unwrap().input_tokens == 3


async def test_reasoning_is_a_separate_item(client: MistralCore) -> None:
    """It can be sent back, like all outputs."""
    response = await created(client, reasoning={"effort": "high"})
    thought, message = response.output
    assert isinstance(thought, ResponsesReasoningItem)
    assert isinstance(message, ResponsesOutputMessage)
    assert response.usage is not None
    assert (response.usage.output_tokens_details.reasoning_tokens or 0) > 0
    again = await created(client, [USER, *response.output, {"role": "user", "content": "more"}])
    assert again.output_text == "You said: more"


async def test_functions_are_called_and_their_results_read(client: MistralCore) -> None:
    """Including functions in a group."""
    group = {
        "type": "namespace",
        "name": "g",
        "description": "d",
        "tools": [{**WEATHER, "name": "f"}],
    }
    question = {
        "role": "user",
        "content": [{"type": "input_text", "text": "get_weather, f: Paris"}],
    }
    custom = {"type": "custom", "name": "c"}
    response = await created(client, [question], tools=[WEATHER, group, custom])
    calls = [each for each in response.output if isinstance(each, ResponsesFunctionToolCall)]
    assert [each.name for each in calls] == ["get_weather", "f"]
    assert json.loads(calls[0].arguments) == {"city": "Paris"}
    parts = [{"type": "input_text", "text": "rain"}, {"type": "input_image", "image_url": "u"}]
    results = [
        {"type": "function_call_output", "call_id": call.call_id, "output": output}
        for call, output in zip(calls, ("22", parts), strict=True)
    ]
    last = await created(client, [question, *response.output, *results])
    assert last.output_text == "The tools say: 22; rain (input_image)"


async def test_the_tool_choice_is_followed(client: MistralCore) -> None:
    """By name, or as a mode."""
    bare = {"type": "function", "name": "f"}
    for choice, names in (
        ({"type": "function", "name": "f"}, ["f"]),
        ("required", ["get_weather"]),
        ("none", []),
    ):
        response = await created(client, tools=[WEATHER, bare], tool_choice=choice)
        calls = [each for each in response.output if isinstance(each, ResponsesFunctionToolCall)]
        assert [each.name for each in calls] == names


async def test_the_text_has_the_requested_format(client: MistralCore) -> None:
    """A schema, any JSON, or text."""
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    for form, expected in (
        ({"type": "json_schema", "name": "a", "schema": schema}, '{"n": 1}'),
        ({"type": "json_object"}, '{"answer": "You said: hi"}'),
        ({"type": "text"}, "You said: hi"),
    ):
        assert (await created(client, text={"format": form})).output_text == expected


async def test_a_response_that_is_too_long_is_incomplete(client: MistralCore) -> None:
    """The reason is included, streamed or not."""
    response = await created(client, max_output_tokens=2)
    assert (response.status, response.output_text) == ("incomplete", "You said:")
    assert response.incomplete_details is not None
    assert response.incomplete_details.reason == "max_output_tokens"
    stream = await responses_stream(client, model=MODEL, input="hi", max_output_tokens=2)
    assert isinstance((await read(stream.unwrap()))[-1], ResponsesIncompleteEvent)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"model": "none"}, 400),
        ({"previous_response_id": "resp_1"}, 400),
        ({"input": []}, 400),
        ({"input": [USER, CALL]}, 400),
        ({"input": [USER, OUTPUT]}, 400),
        ({"input": [USER, CALL, OUTPUT, USER]}, 400),
        ({"input": [USER, {**CALL, "call_id": "call_1"}, {**OUTPUT, "call_id": "call_1"}]}, 400),
        ({"input": [{"type": "novelty"}]}, 422),
    ],
)
async def test_input_that_the_api_refuses_is_refused(
    client: MistralCore, fields: dict[str, Any], status: int
) -> None:
    """By the rules of chats."""
    given: dict[str, Any] = {"model": MODEL, "input": "hi", **fields}
    refused = await responses_create(client, **given)
    assert isinstance(refused, Err)
    assert refused.call.status == status


async def test_calls_and_other_roles_are_read(client: MistralCore) -> None:
    """Like messages of a chat."""
    developer = {"role": "developer", "content": "Be kind."}
    said = {"role": "assistant", "content": "hello"}
    for more in ({}, {"type": "message"}):
        messages = [{**each, **more} for each in (developer, USER, said, USER)]
        assert (await created(client, messages)).output_text == "You said: hi"
    assert (await created(client, [USER, CALL, OUTPUT])).output_text == "The tools say: 22"


async def test_events_come_in_order(client: MistralCore) -> None:
    """They are numbered, and add up to the response."""
    stream = await responses_stream(client, model=MODEL, input="hi", reasoning={"effort": "low"})
    events = await read(stream.unwrap())
    assert [each.sequence_number for each in events] == [*range(len(events))]
    item = ["response.output_item.added", "response.content_part.added"]
    done = ["response.content_part.done", "response.output_item.done"]
    thought = ["response.reasoning_text.delta", "response.reasoning_text.done"]
    text = ["response.output_text.delta", "response.output_text.done"]
    kinds = [each.type for each in events]
    assert [
        kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind != before
    ] == [
        *("response.created", "response.in_progress"),
        *(*item, *thought, *done, *item, *text, *done),
        "response.completed",
    ]
    last = events[-1]
    assert isinstance(last, ResponsesCompletedEvent)
    deltas = [each.delta for each in events if isinstance(each, ResponsesTextDeltaEvent)]
    assert "".join(deltas) == last.response.output_text == "You said: hi"


async def test_a_function_call_is_streamed(client: MistralCore) -> None:
    """Its arguments are sent in chunks."""
    stream = await responses_stream(
        client, model=MODEL, input="get_weather: Paris", tools=[WEATHER]
    )
    events = await read(stream.unwrap())
    deltas = [
        each.delta for each in events if isinstance(each, ResponsesFunctionCallArgumentsDeltaEvent)
    ]
    assert json.loads("".join(deltas)) == {"city": "Paris"}
    assert "response.function_call_arguments.done" in [each.type for each in events]


async def test_a_planned_failure_ends_the_stream(client: MistralCore, sandbox: Sandbox) -> None:
    """With the failed response, or with an error of the request as an `Err`."""
    sandbox.fail(503, on=responses_stream, after=3)
    events = await read((await responses_stream(client, model=MODEL, input="hi")).unwrap())
    assert [type(each) for each in events[3:]] == [ResponsesFailedEvent]
    assert events[-1].response.status == "failed"
    sandbox.fail(429, on=responses_stream, after=3)
    async with (await responses_stream(client, model=MODEL, input="hi")).unwrap() as stream:
        *_, last = [event async for event in stream]
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    assert last.error.code == "1300"
