"""The span of a run, with the spans of its calls and tool calls as children."""

import asyncio
import gc
import time
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.trace import SpanKind, StatusCode

from mistral_core import Err, Ok
from mistral_core.testing import json_response
from mistral_funcs import (
    Approve,
    Tools,
    beta_conversations_append,
    beta_conversations_start,
    chat_complete,
    chat_stream,
    run,
    run_stream,
    tool,
)
from tests.runs.scripted_model import ScriptedModel, calls, says
from tests.telemetry.recording import Recording, attributes_of

MESSAGES = [{"role": "user", "content": "What is the weather?"}]


async def weather(city: str) -> str:
    """Return the weather in a city."""
    await asyncio.sleep(0)
    return f"Sunny in {city}"


def square(number: int) -> int:
    """Return the square of a number, in a thread."""
    return number * number


async def fail() -> None:
    """Raise an error."""
    raise LookupError("a secret text")


async def wait() -> None:
    """Wait indefinitely."""
    await asyncio.Event().wait()


def tree(spans: list[ReadableSpan]) -> dict[str, list[str]]:
    """Return the names of the child spans by name, sorted."""
    names = {span.context.span_id: span.name for span in spans if span.context}
    below: dict[str, list[str]] = {}
    for span in spans:
        parent = names[span.parent.span_id] if span.parent else ""
        below[parent] = sorted([*below.get(parent, []), span.name])
    return below


TREE = {
    "": ["invoke_agent"],
    "invoke_agent": ["chat m", "chat m", "execute_tool square", "execute_tool weather"],
}


def model() -> ScriptedModel:
    """Return a model that calls two tools at once, then responds."""
    return ScriptedModel(
        calls(("weather", {"city": "Paris"}), ("square", {"number": 3})), says("It is sunny")
    )


async def test_run_has_a_span(recording: Recording) -> None:
    """All turns and parallel tools are below it, including a tool in a thread."""
    client = recording.client(model())
    tools = Tools(weather, square)
    result = await run(tools, chat_complete, client, model="m", messages=MESSAGES, temperature=0.5)
    assert isinstance(result, Ok)
    assert tree(recording.spans) == TREE
    (agent,) = recording.named("invoke_agent")
    assert agent.kind is SpanKind.INTERNAL
    assert attributes_of(agent) == {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.provider.name": "mistral_ai",
        "gen_ai.request.model": "m",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.usage.input_tokens": 6,
        "gen_ai.usage.output_tokens": 4,
    }
    (called,) = recording.named("execute_tool weather")
    assert called.kind is SpanKind.INTERNAL
    assert attributes_of(called) == {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "weather",
        "gen_ai.tool.type": "function",
        "gen_ai.tool.call.id": "call00000",
        "gen_ai.tool.description": "Return the weather in a city.",
    }


async def test_run_is_measured(recording: Recording) -> None:
    """The run and each tool."""
    client = recording.client(model())
    await run(Tools(weather, square), chat_complete, client, model="m", messages=MESSAGES)
    ((attributes, count, _),) = recording.points("gen_ai.invoke_agent.duration")
    assert (attributes, count) == ({"gen_ai.request.model": "m"}, 1)
    tools = recording.points("gen_ai.execute_tool.duration")
    assert [(each["gen_ai.tool.name"], count) for each, count, _ in tools] == [
        ("weather", 1),
        ("square", 1),
    ]


async def test_streamed_run_has_a_span(recording: Recording) -> None:
    """The tree is the same, although the stream is read in another task."""
    client = recording.client(model())
    tools = Tools(weather, square)
    stream = await run_stream(tools, chat_stream, client, model="m", messages=MESSAGES)

    async def read() -> None:
        async with stream.unwrap() as events:
            async for each in events:
                assert isinstance(each, Ok)

    await asyncio.create_task(read())
    assert tree(recording.spans) == TREE
    (agent,) = recording.named("invoke_agent")
    assert attributes_of(agent)["gen_ai.usage.input_tokens"] == 6
    assert "mistral_ai.stream.abandoned" not in attributes_of(agent)


async def test_call_in_a_tool_is_below_the_tool(recording: Recording) -> None:
    """The span of a running tool is the current one."""
    client = recording.client(ScriptedModel(calls(("ask", {})), says("Four"), says("Done")))

    async def ask() -> str:
        """Ask another model."""
        result = await chat_complete(client, model="other", messages=MESSAGES)
        return result.unwrap().text

    await run(Tools(ask), chat_complete, client, model="m", messages=MESSAGES)
    assert tree(recording.spans)["execute_tool ask"] == ["chat other"]


async def test_failed_tools_are_errors(recording: Recording) -> None:
    """By type. The run continues and is no error. An unknown tool has no span."""
    requested = calls(("fail", {}), ("wait", {}), ("unknown", {}), ("weather", {}))
    client = recording.client(ScriptedModel(requested, says("Sorry")))
    tools = Tools(fail, tool(wait, timeout=0.01), weather)
    assert isinstance(await run(tools, chat_complete, client, model="m", messages=MESSAGES), Ok)
    types = {
        span.name: attributes_of(span).get("error.type")
        for span in recording.spans
        if span.name.startswith("execute_tool")
    }
    assert types == {
        "execute_tool fail": "LookupError",
        "execute_tool wait": "timeout",
        "execute_tool weather": "ToolError",
    }
    measured = [each[0] for each in recording.points("gen_ai.execute_tool.duration")]
    assert {each["gen_ai.tool.name"]: each["error.type"] for each in measured} == {
        "fail": "LookupError",
        "wait": "timeout",
        "weather": "ToolError",
    }
    assert not any("secret" in span.to_json() for span in recording.spans)
    (agent,) = recording.named("invoke_agent")
    assert "error.type" not in attributes_of(agent)


async def test_failed_run_is_an_error(recording: Recording) -> None:
    """With the type of the failed request, or the reason for its end."""
    refused = json_response({"message": "no", "type": "invalid_model"}, 400)
    client = recording.client(ScriptedModel(refused))
    await run(Tools(weather), chat_complete, client, model="m", messages=MESSAGES)
    await run_stream(Tools(weather), chat_stream, client, model="m", messages=MESSAGES)
    endless = recording.client(ScriptedModel(calls(("weather", {"city": "Rome"}))))
    tools = Tools(weather, max_turns=1)
    assert isinstance(await run(tools, chat_complete, endless, model="m", messages=MESSAGES), Err)
    agents = recording.named("invoke_agent")
    types = [attributes_of(each)["error.type"] for each in agents]
    assert types == ["invalid_model", "invalid_model", "max_turns"]
    assert {each.status.status_code for each in agents} == {StatusCode.ERROR}
    assert attributes_of(agents[2])["gen_ai.usage.input_tokens"] == 3


async def test_cancelled_run_ends_its_spans(recording: Recording) -> None:
    """Including those of running tools."""
    client = recording.client(ScriptedModel(calls(("wait", {})), says("Done")))
    task = asyncio.create_task(
        run(Tools(wait), chat_complete, client, model="m", messages=MESSAGES)
    )
    await until_called(recording)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    types = [attributes_of(each).get("error.type") for each in recording.spans]
    assert types == [None, "CancelledError", "CancelledError"]


async def until_called(recording: Recording) -> None:
    """Wait until the tool of the first turn has started."""
    end = time.monotonic() + 3
    while not recording.named("chat m"):
        assert time.monotonic() < end
        await asyncio.sleep(0)
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize("entered", [True, False])
async def test_abandoned_run_ends_its_spans(recording: Recording, *, entered: bool) -> None:
    """A streamed run that is left early is no error, even before its task has started."""
    client = recording.client(ScriptedModel(calls(("wait", {})), says("Done")))
    stream = await run_stream(Tools(wait), chat_stream, client, model="m", messages=MESSAGES)
    async with stream.unwrap() as events:
        if entered:
            await anext(events)
    (agent,) = recording.named("invoke_agent")
    assert attributes_of(agent)["mistral_ai.stream.abandoned"] is True
    assert agent.status.status_code is StatusCode.UNSET
    assert {span.name for span in recording.spans} >= {"chat m", "invoke_agent"}


async def test_unentered_run_has_a_span(recording: Recording) -> None:
    """It ends with its open stream when the run is dropped."""
    client = recording.client(model())
    stream = await run_stream(Tools(weather), chat_stream, client, model="m", messages=MESSAGES)
    del stream
    gc.collect()
    recorded = [attributes_of(span) for span in recording.spans]
    assert [each["mistral_ai.stream.abandoned"] for each in recorded] == [True, True]


async def test_resumed_run_counts_its_own_tokens(recording: Recording) -> None:
    """Without those from before the pause."""
    client = recording.client(
        ScriptedModel(calls(("weather", {"city": "Paris"})), says("It is sunny"))
    )
    tools = Tools(weather, confirm=[weather])
    paused = (await run(tools, chat_complete, client, model="m", messages=MESSAGES)).unwrap()
    decisions = {call.id: Approve() for call in paused.pending}
    resumed = tools.resume(paused.state, decisions)
    await run(resumed, chat_complete, client, model="m", messages=paused.messages)
    agents = [attributes_of(each) for each in recording.named("invoke_agent")]
    assert [each["gen_ai.usage.input_tokens"] for each in agents] == [3, 3]
    assert [each["gen_ai.response.finish_reasons"] for each in agents] == [
        ("tool_calls",),
        ("stop",),
    ]


async def test_run_of_an_agent_names_agent_and_conversation(recording: Recording) -> None:
    """Like its calls."""
    response: dict[str, Any] = {
        "conversation_id": "conv-1",
        "outputs": [{"type": "message.output", "content": "Hi", "agent_id": "ag-1"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
    client = recording.client(ScriptedModel(json_response(response)))
    await run(Tools(), beta_conversations_start, client, agent_id="ag-1", inputs="a")
    for span in recording.named("invoke_agent"):
        attributes = attributes_of(span)
        assert attributes["gen_ai.agent.id"] == "ag-1"
        assert attributes["gen_ai.conversation.id"] == "conv-1"
    assert [span.kind for span in recording.spans] == [SpanKind.CLIENT, SpanKind.INTERNAL]


async def test_resumed_run_names_its_conversation(recording: Recording) -> None:
    """From the start. A tool without a description has no such attribute."""
    called = {"type": "function.call", "tool_call_id": "c", "name": "bare", "arguments": "{}"}
    said = {"type": "message.output", "content": "Hi"}
    client = recording.client(
        ScriptedModel(
            *(
                json_response({"conversation_id": "conv-1", "outputs": [it]})
                for it in (called, said)
            )
        )
    )

    async def bare() -> str:
        return "done"

    tools = Tools(tool(bare, confirm=True))
    paused = (await run(tools, beta_conversations_start, client, model="m", inputs="a")).unwrap()
    resumed = tools.resume(paused.state, {call.id: Approve() for call in paused.pending})
    await run(resumed, beta_conversations_append, client, "conv-1", inputs=[])
    last = recording.spans[-1]
    assert attributes_of(last)["gen_ai.conversation.id"] == "conv-1"
    (bare_span,) = recording.named("execute_tool bare")
    assert "gen_ai.tool.description" not in attributes_of(bare_span)


async def test_concurrent_runs_are_separate(recording: Recording) -> None:
    """Fifty runs, each with its own trace, two turns and two tools."""

    async def one() -> None:
        client = recording.client(model())
        await run(Tools(weather, square), chat_complete, client, model="m", messages=MESSAGES)

    await asyncio.gather(*(one() for _ in range(50)))
    traces: dict[int, list[str]] = {}
    for span in recording.spans:
        assert span.context is not None
        traces.setdefault(span.context.trace_id, []).append(span.name)
    assert len(traces) == 50
    assert {tuple(sorted(names)) for names in traces.values()} == {
        ("chat m", "chat m", "execute_tool square", "execute_tool weather", "invoke_agent")
    }
