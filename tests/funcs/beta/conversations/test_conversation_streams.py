"""Streams of conversations: typed events, and a reliable end."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    MistralCore,
    Ok,
    Result,
    SDKError,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import (
    beta_conversations_append_stream,
    beta_conversations_restart_stream,
    beta_conversations_start_stream,
)
from mistral_funcs.schemas import (
    ConversationUsageInfo,
    FunctionCallEvent,
    MessageOutputEvent,
    ResponseDoneEvent,
    ResponseErrorEvent,
    ResponseStartedEvent,
    TextChunk,
    ToolReferenceChunk,
)

STARTED = {"type": "conversation.response.started", "conversation_id": "c"}
DELTA = {"type": "message.output.delta", "id": "e", "content": "Hello"}
DONE = {"type": "conversation.response.done", "usage": {"total_tokens": 3}}
FAILED = {"type": "conversation.response.error", "message": "No capacity.", "code": 3505}


def event(data: dict[str, Any], name: str | None = None) -> bytes:
    """Return an event. The default name is its type."""
    return f"event: {name or data['type']}\ndata: {json.dumps(data)}\n\n".encode()


async def read(*events: bytes) -> list[Result[Any, Failure]]:
    """Return the items of a stream with these events."""
    transport = ScriptedTransport(stream_response(*events))
    client = MistralCore("key", transport=transport)
    opened = await beta_conversations_start_stream(client, inputs="Hi", model="m")
    async with opened.unwrap() as stream:
        return [item async for item in stream]


async def test_events_are_typed_and_end_with_the_last_one() -> None:
    """Nothing after it is read, such as `[DONE]`."""
    assert await read(event(STARTED), event(DELTA), event(DONE), b"data: [DONE]\n\n") == [
        Ok(ResponseStartedEvent(conversation_id="c")),
        Ok(MessageOutputEvent(id="e", content="Hello")),
        Ok(ResponseDoneEvent(usage=ConversationUsageInfo(total_tokens=3))),
    ]


async def test_failure_is_the_last_event() -> None:
    """It has a message and a code, as the API sends them."""
    items = await read(event(STARTED), event(FAILED))
    assert items[1:] == [Ok(ResponseErrorEvent(message="No capacity.", code=3505))]


@pytest.mark.parametrize("events", [(), (event(STARTED),), (event(STARTED), event(DELTA))])
async def test_truncated_stream_ends_with_an_err(events: tuple[bytes, ...]) -> None:
    """A partial response never looks complete."""
    *before, last = await read(*events)
    assert len(before) == len(events)
    assert isinstance(last, Err)
    assert isinstance(last.error, APIConnectionError)
    assert "ended before its last event" in str(last.error)


async def test_event_of_an_unknown_type_is_unknown() -> None:
    """The stream continues."""
    newer = {"type": "agent.dreamt", "id": "e"}
    assert (await read(event(newer), event(DONE)))[0] == Ok(Unknown(newer))


async def test_name_of_the_event_is_its_type() -> None:
    """If the data has none."""
    data = {"id": "e", "content": "Hello"}
    items = await read(event(data, "message.output.delta"), event(DONE))
    assert items[0] == Ok(MessageOutputEvent(id="e", content="Hello"))


async def test_event_named_error_is_an_err() -> None:
    """Gateways send it for any stream."""
    (item,) = await read(event({"object": "error", "message": "Overloaded."}, "error"))
    assert isinstance(item, Err)
    assert isinstance(item.error, SDKError)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Hello", "Hello"),
        ({"type": "text", "text": "Hello"}, "Hello"),
        ({"type": "tool_reference", "tool": "web_search", "title": "t"}, ""),
        ({"type": "newer"}, ""),
        (None, ""),
    ],
)
async def test_text_of_an_event(content: object, text: str) -> None:
    """Text chunks and strings are text, other chunks are not."""
    item, _ = await read(event({**DELTA, "content": content}), event(DONE))
    assert item.unwrap().text == text
    assert isinstance(item.unwrap().content, str | TextChunk | ToolReferenceChunk | Unknown)


async def test_arguments_of_a_call_are_streamed_in_parts() -> None:
    """A missing part is empty, so that parts can be joined."""
    call = {"type": "function.call.delta", "id": "e", "name": "f", "tool_call_id": "t"}
    parts = [event({**call, "arguments": each}) for each in ('{"a"', ": 1}", None)]
    items = [item.unwrap() for item in await read(*parts, event(DONE))]
    calls = [each for each in items if isinstance(each, FunctionCallEvent)]
    assert "".join(each.arguments for each in calls) == '{"a": 1}'


@pytest.mark.parametrize(
    ("function", "given", "path"),
    [
        (beta_conversations_append_stream, {"inputs": "x"}, "/c"),
        (beta_conversations_restart_stream, {"from_entry_id": "e"}, "/c/restart"),
    ],
)
async def test_append_and_restart_are_streamed_too(
    function: Callable[..., Any], given: dict[str, Any], path: str
) -> None:
    """They use the endpoint of the plain operation."""
    transport = ScriptedTransport(stream_response(event(DONE)))
    client = MistralCore("key", transport=transport)
    async with (await function(client, "c", **given)).unwrap() as stream:
        (item,) = [item async for item in stream]
    assert isinstance(item.value, ResponseDoneEvent)
    (request,) = transport.requests
    assert request.url.endswith(f"/v1/conversations{path}")
    assert isinstance(request.body, bytes)
    assert json.loads(request.body)["stream"] is True
