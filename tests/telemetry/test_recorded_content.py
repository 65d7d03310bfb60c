"""Content in spans: only on request, in the form of the conventions, redacted by the caller."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF

from mistral_core import MistralCore, Ok, Response
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import (
    Tools,
    beta_conversations_append,
    beta_conversations_start,
    beta_conversations_start_stream,
    chat_complete,
    chat_stream,
    embeddings_create,
    fim_complete,
    models_list,
    responses_create,
    responses_stream,
    run,
    telemetry,
)
from mistral_funcs.schemas import UserMessage
from mistral_funcs.toolkit.telemetry.message_parts import input_messages, output_messages
from tests.runs.scripted_model import ScriptedModel, calls, says
from tests.telemetry.recording import Recording, attributes_of

CONTENT = (
    "gen_ai.input.messages",
    "gen_ai.output.messages",
    "gen_ai.system_instructions",
    "gen_ai.tool.definitions",
    "gen_ai.tool.call.arguments",
    "gen_ai.tool.call.result",
)
MESSAGES: list[Any] = [
    {"role": "system", "content": [{"type": "text", "text": "Be brief."}]},
    UserMessage(content="Hello"),
]
TOOL = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}
CHOICE = {"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}
COMPLETION = {"id": "c", "model": "m", "choices": [CHOICE]}


def text(content: str) -> dict[str, str]:
    """Return a text part."""
    return {"type": "text", "content": content}


SAID = [{"role": "assistant", "parts": [text("Hi")], "finish_reason": "stop"}]
ENTRY = [{"role": "assistant", "parts": [text("Hi")]}]
HELLO = [{"role": "user", "parts": [text("Hello")]}]


def content_of(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return the decoded content of a span."""
    return {name: json.loads(attributes[name]) for name in CONTENT if name in attributes}


def events(*values: object) -> Response:
    """Return a stream of events."""
    data = [b"data: %s\n\n" % json.dumps(value).encode() for value in values]
    return stream_response(*data, b"data: [DONE]\n\n")


def delta(content: str, reason: str | None = None) -> dict[str, Any]:
    """Return a chunk of a completion."""
    choice = {"index": 0, "delta": {"content": content}, "finish_reason": reason}
    return {"id": "c", "model": "m", "choices": [choice]}


RESPONSE: dict[str, Any] = {
    "id": "r",
    "model": "m",
    "usage": {"input_tokens": 1, "output_tokens": 1},
    "output": [
        {
            "type": "message",
            "id": "m",
            "role": "assistant",
            "status": "completed",
            "content": [{"type": "output_text", "text": "Hi", "annotations": []}],
        }
    ],
}
CONVERSATION = {
    "conversation_id": "conv-1",
    "outputs": [{"type": "message.output", "content": "Hi"}],
}

Call = Callable[[MistralCore], Awaitable[Any]]

CASES: list[tuple[str, Call, Response, dict[str, Any]]] = [
    (
        "chat",
        lambda client: chat_complete(client, model="m", messages=MESSAGES, tools=[TOOL]),
        json_response(COMPLETION),
        {
            "gen_ai.input.messages": [{"role": "system", "parts": [text("Be brief.")]}, *HELLO],
            "gen_ai.tool.definitions": [{"type": "function", "name": "weather"}],
            "gen_ai.output.messages": SAID,
        },
    ),
    (
        "streamed chat",
        lambda client: chat_stream(client, model="m", messages=MESSAGES[1:]),
        events(delta("H"), delta("i", "stop")),
        {"gen_ai.input.messages": HELLO, "gen_ai.output.messages": SAID},
    ),
    (
        "FIM",
        lambda client: fim_complete(client, model="m", prompt="Hello", suffix="end"),
        json_response(COMPLETION),
        {
            "gen_ai.input.messages": [*HELLO, {"role": "user", "parts": [text("end")]}],
            "gen_ai.output.messages": SAID,
        },
    ),
    (
        "conversation",
        lambda client: beta_conversations_start(
            client, model="m", inputs="Hello", instructions="Be brief."
        ),
        json_response(CONVERSATION),
        {
            "gen_ai.system_instructions": [text("Be brief.")],
            "gen_ai.input.messages": HELLO,
            "gen_ai.output.messages": ENTRY,
        },
    ),
    (
        "streamed conversation",
        lambda client: beta_conversations_start_stream(client, model="m", inputs="Hello"),
        events(
            {"type": "conversation.response.started", "conversation_id": "conv-1"},
            {"type": "message.output.delta", "id": "e", "content": "Hi"},
            {"type": "conversation.response.done"},
        ),
        {"gen_ai.input.messages": HELLO, "gen_ai.output.messages": ENTRY},
    ),
    (
        "response",
        lambda client: responses_create(client, model="m", input="Hello"),
        json_response(RESPONSE),
        {"gen_ai.input.messages": HELLO, "gen_ai.output.messages": ENTRY},
    ),
    (
        "streamed response",
        lambda client: responses_stream(client, model="m", input="Hello"),
        events({"type": "response.completed", "sequence_number": 1, "response": RESPONSE}),
        {"gen_ai.input.messages": HELLO, "gen_ai.output.messages": ENTRY},
    ),
    (
        "stream without an event",
        lambda client: chat_stream(client, model="m", messages=MESSAGES[1:]),
        events(),
        {"gen_ai.input.messages": HELLO},
    ),
    (
        "conversation without new messages",
        lambda client: beta_conversations_append(client, "conv-1", inputs=[]),
        json_response({"conversation_id": "conv-1", "outputs": []}),
        {},
    ),
    (
        "embeddings",
        lambda client: embeddings_create(client, model="m", input="Hello"),
        json_response({"id": "e", "data": []}),
        {},
    ),
    ("list of models", models_list, json_response([]), {}),
]


async def make(call: Call, client: MistralCore) -> None:
    """Make a call, and read its stream if it has one."""
    result = await call(client)
    value: Any = result.unwrap()
    if hasattr(value, "__aenter__"):
        async with value as items:
            assert all([isinstance(each, Ok) async for each in items])


@pytest.mark.parametrize(
    ("call", "response", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
async def test_content_is_recorded_on_request(
    recording: Recording, call: Call, response: Response, expected: dict[str, Any]
) -> None:
    """Messages, instructions and names of tools."""
    await make(call, recording.client(ScriptedTransport(response), content=True))
    assert content_of(attributes_of(recording.span)) == expected


async def test_content_is_not_recorded_otherwise(recording: Recording) -> None:
    """Not even the arguments of a tool."""
    client = recording.client(ScriptedModel(calls(("greet", {"name": "Ada"})), says("Ada")))
    await run(Tools(greet), chat_complete, client, model="m", messages=MESSAGES)
    assert len(recording.spans) == 4
    assert not any("Ada" in span.to_json() for span in recording.spans)


def greet(name: str) -> dict[str, str]:
    """Greet somebody."""
    return {"greeting": f"Hello, {name}"}


async def test_content_of_a_run(recording: Recording) -> None:
    """Its first input and its last output, and the arguments and results of tools."""
    model = ScriptedModel(calls(("greet", {"name": "Ada"})), says("Done"))
    client = recording.client(model, content=True)
    await run(Tools(greet), chat_complete, client, model="m", messages=MESSAGES[1:])
    (agent,) = recording.named("invoke_agent")
    assert content_of(attributes_of(agent)) == {
        "gen_ai.input.messages": HELLO,
        "gen_ai.output.messages": [
            {"role": "assistant", "parts": [text("Done")], "finish_reason": "stop"}
        ],
    }
    (called,) = recording.named("execute_tool greet")
    assert content_of(attributes_of(called)) == {
        "gen_ai.tool.call.arguments": {"name": "Ada"},
        "gen_ai.tool.call.result": {"greeting": "Hello, Ada"},
    }
    last = recording.named("chat m")[1]
    assert content_of(attributes_of(last))["gen_ai.input.messages"][1:] == [
        {
            "role": "assistant",
            "parts": [
                {
                    "type": "tool_call",
                    "id": "call00000",
                    "name": "greet",
                    "arguments": {"name": "Ada"},
                }
            ],
        },
        {
            "role": "tool",
            "parts": [
                {
                    "type": "tool_call_response",
                    "id": "call00000",
                    "response": {"greeting": "Hello, Ada"},
                }
            ],
        },
    ]


async def test_caller_redacts_content(recording: Recording) -> None:
    """Each attribute is redacted before it is recorded. `None` leaves it out."""

    def redact(name: str, value: Any) -> Any:
        if name == "gen_ai.output.messages":
            return None
        return json.loads(json.dumps(value).replace("Ada", "***"))

    model = ScriptedModel(calls(("greet", {"name": "Ada"})), says("Ada"))
    client = recording.client(model, content=True, redact=redact)
    await run(Tools(greet), chat_complete, client, model="m", messages=MESSAGES)
    assert not any("Ada" in span.to_json() for span in recording.spans)
    (called,) = recording.named("execute_tool greet")
    assert content_of(attributes_of(called))["gen_ai.tool.call.arguments"] == {"name": "***"}
    assert not any("gen_ai.output.messages" in attributes_of(span) for span in recording.spans)


async def test_content_is_left_out_if_redaction_fails(
    recording: Recording, caplog: pytest.LogCaptureFixture
) -> None:
    """The error is logged. The call and the rest of the span are as usual."""

    def redact(*_: object) -> Any:
        raise LookupError

    transport = ScriptedTransport(json_response(COMPLETION))
    client = recording.client(transport, content=True, redact=redact)
    assert isinstance(await chat_complete(client, model="m", messages=MESSAGES), Ok)
    assert content_of(attributes_of(recording.span)) == {}
    assert attributes_of(recording.span)["gen_ai.response.id"] == "c"
    assert {record.name for record in caplog.records} == {"mistral_funcs"}


def test_redaction_without_content_is_an_error() -> None:
    """It would do nothing."""
    with pytest.raises(ValueError, match="`redact` requires `content=True`"):
        telemetry(redact=lambda _, value: value)


async def test_content_of_an_unsampled_span_is_not_prepared(recording: Recording) -> None:
    """The caller's function is not called."""
    recording.tracers.sampler = ALWAYS_OFF
    names: list[str] = []

    def redact(name: str, value: Any) -> Any:
        names.append(name)
        return value

    client = recording.client(
        ScriptedTransport(json_response(COMPLETION)),
        content=True,
        redact=redact,
    )
    await chat_complete(client, model="m", messages=MESSAGES)
    assert names == []
    assert recording.spans == []
    assert len(recording.points("gen_ai.client.operation.duration")) == 1


PARTS: list[tuple[Any, dict[str, Any]]] = [
    ("Hello", {"role": "user", "parts": [text("Hello")]}),
    ({"role": "user", "content": None}, {"role": "user", "parts": []}),
    (
        {"role": "user", "content": [{"type": "image_url", "image_url": "https://a.example/b"}]},
        {
            "role": "user",
            "parts": [{"type": "uri", "modality": "image", "uri": "https://a.example/b"}],
        },
    ),
    (
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:a"}}]},
        {"role": "user", "parts": [{"type": "image_url"}]},
    ),
    (
        {"role": "user", "content": [{"type": "file", "file_id": "f"}, {"type": "input_audio"}]},
        {
            "role": "user",
            "parts": [
                {"type": "file", "modality": "document", "file_id": "f"},
                {"type": "input_audio"},
            ],
        },
    ),
    (
        {
            "role": "assistant",
            "content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}],
        },
        {"role": "assistant", "parts": [{"type": "reasoning", "content": "Hm"}]},
    ),
    (
        {"role": "tool", "tool_call_id": "c", "content": [{"type": "text", "text": "a"}]},
        {
            "role": "tool",
            "parts": [{"type": "tool_call_response", "id": "c", "response": [text("a")]}],
        },
    ),
    (
        {"type": "function.call", "tool_call_id": "c", "name": "f", "arguments": "{"},
        {
            "role": "assistant",
            "parts": [{"type": "tool_call", "id": "c", "name": "f", "arguments": "{"}],
        },
    ),
    (
        {"type": "function_call_output", "call_id": "c", "output": "1"},
        {"role": "tool", "parts": [{"type": "tool_call_response", "id": "c", "response": 1}]},
    ),
    (
        {"type": "tool.execution", "name": "web_search"},
        {"role": "assistant", "parts": [{"type": "tool.execution"}]},
    ),
]


@pytest.mark.parametrize(("message", "expected"), PARTS)
def test_message_has_parts(message: Any, expected: dict[str, Any]) -> None:
    """By type. Inline data such as images is left out."""
    assert input_messages([message]) == [expected]


def test_choice_can_have_several_messages() -> None:
    """As in responses with built-in tools. A response of another kind has none."""
    choice = {"messages": [{"role": "assistant", "content": "A"}, {"role": "tool", "content": "B"}]}
    roles = [each["role"] for each in output_messages({"choices": [choice]})]
    assert roles == ["assistant", "tool"]
    assert output_messages([]) == []
