"""The Responses API: text, and streams with several possible last events."""

import json
from typing import Any

import pytest

from mistral_core import APIConnectionError, Err, Failure, MistralCore, Ok, Result, SDKError
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import responses_create, responses_stream
from mistral_funcs.schemas import (
    ResponsesCompletedEvent,
    ResponsesErrorEvent,
    ResponsesFailedEvent,
    ResponsesIncompleteEvent,
    ResponsesTextDeltaEvent,
)

MESSAGE: dict[str, Any] = {
    "type": "message",
    "id": "m",
    "status": "completed",
    "content": [
        {"type": "output_text", "text": "Hel"},
        {"type": "refusal", "refusal": "No."},
        {"type": "output_text", "text": "lo", "annotations": []},
    ],
}
REASONING: dict[str, Any] = {
    "type": "reasoning",
    "id": "r",
    "content": [{"type": "reasoning_text", "text": "Hm"}],
}


async def test_text_of_a_response() -> None:
    """The text of its messages, without reasoning and refusals."""
    raw = {"id": "r", "output": [REASONING, MESSAGE, {"type": "newer"}, MESSAGE]}
    client = MistralCore("key", transport=ScriptedTransport(json_response(raw)))
    response = (await responses_create(client, model="m", input="Hi")).unwrap()
    assert response.output_text == "HelloHello"


async def read(*events: bytes) -> list[Result[Any, Failure]]:
    """Return the items of a stream with these events."""
    client = MistralCore("key", transport=ScriptedTransport(stream_response(*events)))
    async with (await responses_stream(client, model="m", input="Hi")).unwrap() as stream:
        return [item async for item in stream]


def event(data: dict[str, Any]) -> bytes:
    """Return an event."""
    return f"data: {json.dumps(data)}\n\n".encode()


DELTA = event({"type": "response.output_text.delta", "delta": "Hi"})


@pytest.mark.parametrize(
    ("last", "cls"),
    [
        ({"type": "response.completed", "response": {"id": "r"}}, ResponsesCompletedEvent),
        ({"type": "response.incomplete", "response": {"id": "r"}}, ResponsesIncompleteEvent),
        ({"type": "response.failed", "response": {"id": "r"}}, ResponsesFailedEvent),
        ({"type": "error", "message": "Overloaded."}, ResponsesErrorEvent),
    ],
)
async def test_stream_ends_with_its_last_event(last: dict[str, Any], cls: type) -> None:
    """Whatever the status of the response. Nothing after it is read."""
    first, second = await read(DELTA, event(last), DELTA)
    assert first == Ok(ResponsesTextDeltaEvent(delta="Hi"))
    assert isinstance(second.unwrap(), cls)


async def test_truncated_stream_ends_with_an_err() -> None:
    """A partial response never looks complete."""
    _, last = await read(DELTA)
    assert isinstance(last, Err)
    assert isinstance(last.error, APIConnectionError)


async def test_event_named_error_is_an_err() -> None:
    """As in every stream."""
    (item,) = await read(b"event: error\n" + event({"type": "error", "message": "Overloaded."}))
    assert isinstance(item, Err)
    assert isinstance(item.error, SDKError)
    assert item.error.message == "Overloaded."
