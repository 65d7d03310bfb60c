"""Streamed conversations of the sandbox: every event, in order, and planned failures."""

from typing import Any

import pytest

from mistral_core import Err, EventStream, MistralCore, RetryConfig
from mistral_funcs import (
    beta_agents_create,
    beta_conversations_append_stream,
    beta_conversations_restart_stream,
    beta_conversations_start,
    beta_conversations_start_stream,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    FunctionCallEntry,
    FunctionCallEvent,
    MessageOutputEntry,
    MessageOutputEvent,
    ResponseDoneEvent,
    ResponseErrorEvent,
    ResponseStartedEvent,
    ToolExecutionDoneEvent,
    ToolReferenceChunk,
)

MODEL = "mistral-large-latest"
REFUND: dict[str, Any] = {"type": "function", "function": {"name": "refund", "parameters": {}}}


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a new sandbox."""
    return Sandbox()


@pytest.fixture
def client(sandbox: Sandbox) -> MistralCore:
    """Return a client of the sandbox."""
    return MistralCore(transport=sandbox, retry_config=RetryConfig(strategy="none"))


async def read(stream: EventStream[Any]) -> list[Any]:
    """Return the events of a stream."""
    async with stream as events:
        return [event.unwrap() async for event in events]


async def test_every_event_of_a_response_is_sent(client: MistralCore) -> None:
    """For a handoff, a hosted tool, and a function of the caller."""
    tools = [{"type": "web_search"}, REFUND]
    billing = await beta_agents_create(client, model=MODEL, name="billing", tools=tools)
    handoffs = [billing.unwrap().id]
    desk = await beta_agents_create(client, model=MODEL, name="desk", handoffs=handoffs)
    stream = await beta_conversations_start_stream(
        client, agent_id=desk.unwrap().id, inputs="billing: web_search and refund"
    )
    events = await read(stream.unwrap())
    assert [*dict.fromkeys(each.type for each in events)] == [
        "conversation.response.started",
        *("agent.handoff.started", "agent.handoff.done"),
        *("tool.execution.started", "tool.execution.delta", "tool.execution.done"),
        "function.call.delta",
        "conversation.response.done",
    ]
    assert [*dict.fromkeys(getattr(each, "output_index", None) for each in events)] == [
        *(None, 0, 1, 2),
    ]
    started, done = events[0], events[-1]
    assert isinstance(started, ResponseStartedEvent)
    assert isinstance(done, ResponseDoneEvent)
    assert done.usage.connectors == {"web_search": 1}
    parts = [each for each in events if isinstance(each, FunctionCallEvent)]
    assert len({(each.id, each.tool_call_id, each.name) for each in parts}) == 1
    assert "".join(each.arguments for each in parts) == "{}"
    assert any(isinstance(each, ToolExecutionDoneEvent) and each.info for each in events)


async def test_a_message_arrives_in_chunks(client: MistralCore) -> None:
    """The text is sent by token, and references completely."""
    tools = [{"type": "web_search"}]
    stream = await beta_conversations_start_stream(
        client, model=MODEL, inputs="web_search", tools=tools
    )
    events = await read(stream.unwrap())
    parts = [each for each in events if isinstance(each, MessageOutputEvent)]
    assert "".join(each.text for each in parts) == "The tools say: the result of web_search"
    assert len(parts) > 3
    assert isinstance(parts[-1].content, ToolReferenceChunk)
    assert [*dict.fromkeys(each.content_index for each in parts)] == [0, 1]


async def test_appended_and_restarted_responses_are_streamed(client: MistralCore) -> None:
    """Pending calls are marked as such."""
    mail = {
        "type": "connector",
        "connector_id": "mail",
        "tool_configuration": {"requires_confirmation": ["send"]},
    }
    first = await beta_conversations_start(client, model=MODEL, inputs="hi", tools=[mail])
    id_, entry = first.unwrap().conversation_id, first.unwrap().outputs[0]
    assert isinstance(entry, MessageOutputEntry)
    appended = await beta_conversations_append_stream(client, id_, inputs="send it")
    pending = [
        each for each in await read(appended.unwrap()) if isinstance(each, FunctionCallEvent)
    ]
    assert {each.confirmation_status for each in pending} == {"pending"}
    restarted = await beta_conversations_restart_stream(
        client, id_, from_entry_id=entry.id or "", inputs="again"
    )
    events = await read(restarted.unwrap())
    assert isinstance(events[0], ResponseStartedEvent)
    assert events[0].conversation_id != id_
    text = "".join(each.text for each in events if isinstance(each, MessageOutputEvent))
    assert text == "You said: again"


async def test_a_call_can_be_streamed_with_any_arguments(sandbox: Sandbox) -> None:
    """Including an object that the caller has sent."""
    client = MistralCore(transport=sandbox)
    call = FunctionCallEntry(tool_call_id="aaaaaaaaa", name="f", arguments={"a": 1})
    question = {"role": "user", "content": "hi"}
    sent: list[Any] = [
        question,
        call,
        {"type": "function.result", "tool_call_id": "aaaaaaaaa", "result": "r"},
    ]
    stream = await beta_conversations_start_stream(client, model=MODEL, inputs=sent)
    assert isinstance((await read(stream.unwrap()))[-1], ResponseDoneEvent)


@pytest.mark.parametrize(("status", "code"), [(429, 1300), (500, 500)])
async def test_a_planned_failure_is_the_last_event(
    client: MistralCore, sandbox: Sandbox, status: int, code: int
) -> None:
    """It has a message and a code."""
    sandbox.fail(status, on=beta_conversations_start_stream, after=2)
    stream = await beta_conversations_start_stream(client, model=MODEL, inputs="hi")
    *_, last = await read(stream.unwrap())
    assert isinstance(last, ResponseErrorEvent)
    assert (last.code, bool(last.message)) == (code, True)


async def test_a_refusal_precedes_the_stream(client: MistralCore) -> None:
    """As in a plain call."""
    refused = await beta_conversations_start_stream(client, model="none", inputs="hi")
    assert isinstance(refused, Err)
    assert refused.call.status == 400
