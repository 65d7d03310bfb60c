"""Entries and responses of conversations."""

import json
from typing import Any

import pytest

from mistral_core import MistralCore, Unknown
from mistral_core.structuring.converter import converter
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import beta_conversations_append, beta_conversations_start
from mistral_funcs.schemas import (
    FunctionCallEntry,
    FunctionResultEntry,
    MessageInputEntry,
    TextChunk,
    ToolCallConfirmation,
)

CALL = {"type": "function.call", "tool_call_id": "t", "name": "f"}
OUTPUTS = [
    {"type": "tool.execution", "name": "web_search", "arguments": "{}"},
    {
        "type": "message.output",
        "content": [
            {"type": "text", "text": "Hel"},
            {"type": "tool_reference", "tool": "web_search", "title": "t"},
            {"type": "text", "text": "lo"},
        ],
    },
    {"type": "message.output", "content": " there"},
    {"type": "newer"},
]


async def started(outputs: list[Any]) -> Any:
    """Return a response with these outputs."""
    transport = ScriptedTransport(json_response({"conversation_id": "c", "outputs": outputs}))
    client = MistralCore("key", transport=transport)
    return (await beta_conversations_start(client, inputs="Hi", model="m")).unwrap()


@pytest.mark.parametrize(("outputs", "text"), [(OUTPUTS, "Hello there"), ([CALL], ""), ([], "")])
async def test_text_of_a_response(outputs: list[Any], text: str) -> None:
    """The text of its messages, without references."""
    assert (await started(outputs)).text == text


async def test_unknown_output_is_unknown() -> None:
    """The others are read."""
    response = await started(OUTPUTS)
    assert response.outputs[-1] == Unknown({"type": "newer"})


@pytest.mark.parametrize("blank", [{}, {"arguments": None}, {"arguments": " "}])
async def test_call_without_arguments_has_an_empty_object(blank: dict[str, Any]) -> None:
    """Servers encode missing arguments in several ways."""
    (call,) = (await started([{**CALL, **blank}])).outputs
    assert call == FunctionCallEntry(tool_call_id="t", name="f", arguments="{}")


async def test_invalid_call_is_unknown() -> None:
    """Like any output that cannot be read."""
    assert isinstance((await started(["?"])).outputs[0], Unknown)
    with pytest.raises(TypeError, match="must be an object"):
        converter.structure("?", FunctionCallEntry)


async def test_results_and_confirmations_are_sent_together() -> None:
    """Entries are classes or mappings, and a received message can be sent back."""
    transport = ScriptedTransport(json_response({"conversation_id": "c"}))
    result = await beta_conversations_append(
        MistralCore("key", transport=transport),
        "c",
        inputs=[
            FunctionResultEntry(tool_call_id="t", result="1"),
            {"type": "function.result", "tool_call_id": "u", "result": "2"},
        ],
        tool_confirmations=[ToolCallConfirmation(tool_call_id="v", confirmation="allow")],
    )
    result.unwrap()
    (request,) = transport.requests
    assert isinstance(request.body, bytes)
    body = json.loads(request.body)
    assert [each["tool_call_id"] for each in body["inputs"]] == ["t", "u"]
    assert body["tool_confirmations"] == [{"tool_call_id": "v", "confirmation": "allow"}]


def test_text_of_a_message_to_the_model() -> None:
    """It works as for messages of the model."""
    chunks = MessageInputEntry(role="user", content=[TextChunk(text="a"), TextChunk(text="b")])
    assert (MessageInputEntry(role="user", content="a").text, chunks.text) == ("a", "ab")
