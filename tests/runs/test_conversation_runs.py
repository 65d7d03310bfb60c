"""Runs of conversations, which the server stores: plain and streamed."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from mistral_core import Err, InvalidRequestError, MistralCore, Response, Result, SDKError, Unknown
from mistral_core.testing import ScriptedTransport, json_response, stream_response
from mistral_funcs import (
    Approve,
    Reject,
    Run,
    RunChunk,
    RunEnd,
    RunError,
    RunEvent,
    RunState,
    RunToolCall,
    RunToolResult,
    Tools,
    beta_conversations_append,
    beta_conversations_restart,
    beta_conversations_start,
    beta_conversations_start_stream,
    chat_complete,
    collect_conversation,
    fold_conversation,
    run,
    run_stream,
    tool,
)
from mistral_funcs.schemas import (
    CompletionArgs,
    ConversationResponse,
    FunctionCallEntry,
    ImageURLChunk,
    InputEntries,
    MessageOutputEvent,
    ResponseStartedEvent,
    TextChunk,
)

QUESTION = "What is the weather in Paris?"


async def get_weather(city: str) -> str:
    """Return the weather in a city."""
    return f"Sunny in {city}"


def message(text: str) -> dict[str, Any]:
    """Return an entry with text."""
    return {"type": "message.output", "id": "m1", "content": text}


def call(name: str, arguments: Any, status: str | None = None, id_: str = "call00001") -> Any:
    """Return an entry with a function call."""
    return {
        "type": "function.call",
        "id": f"entry-{id_}",
        "tool_call_id": id_,
        "name": name,
        "arguments": json.dumps(arguments),
        "confirmation_status": status,
    }


HANDOFF = {
    "type": "agent.handoff",
    "previous_agent_id": "a1",
    "previous_agent_name": "First",
    "next_agent_id": "a2",
    "next_agent_name": "Second",
}


def response(*outputs: Any) -> Response:
    """Return a response of a conversation."""
    usage = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5, "connector_tokens": 1}
    return json_response({"conversation_id": "c1", "outputs": outputs, "usage": usage})


def bodies(transport: ScriptedTransport) -> list[tuple[str, Any]]:
    """Return the paths and bodies of the requests."""
    return [
        (request.url.partition("/v1")[2], json.loads(request.body or b"null"))  # type: ignore[arg-type]
        for request in transport.requests
    ]


async def test_results_are_appended_to_the_conversation() -> None:
    """The server has the history, so only the results are sent."""
    transport = ScriptedTransport(
        response(call("get_weather", {"city": "Paris"})), response(message("Sunny."))
    )
    async with MistralCore(transport=transport) as client:
        result = await run(
            Tools(get_weather), beta_conversations_start, client, inputs=QUESTION, model="m"
        )
    finished = result.unwrap()
    assert finished.text == finished.response.text == "Sunny."
    assert (finished.usage.total_tokens, finished.usage.connector_tokens) == (10, 2)
    assert [entry.type for entry in finished.entries] == [
        "message.input",
        "function.call",
        "function.result",
        "message.output",
    ]
    assert finished.messages == []
    (start, started), (append, appended) = bodies(transport)
    assert (start, append) == ("/conversations", "/conversations/c1")
    assert [each["function"]["name"] for each in started["tools"]] == ["get_weather"]
    assert appended == {
        "inputs": [
            {
                "type": "function.result",
                "object": "entry",
                "tool_call_id": "call00001",
                "result": "Sunny in Paris",
            }
        ],
    }


async def test_unstored_conversation_is_sent_again() -> None:
    """With all entries, because nothing can be appended to it."""
    transport = ScriptedTransport(
        response(call("get_weather", {"city": "Paris"})), response(message("Sunny."))
    )
    async with MistralCore(transport=transport) as client:
        result = await run(
            Tools(get_weather),
            beta_conversations_start,
            client,
            inputs=QUESTION,
            model="m",
            store=False,
        )
    assert result.unwrap().text == "Sunny."
    assert [path for path, _ in bodies(transport)] == ["/conversations", "/conversations"]
    entries = [each["type"] for each in bodies(transport)[1][1]["inputs"]]
    assert entries == ["message.input", "function.call", "function.result"]


@pytest.mark.parametrize("choice", ["any", "required", "auto"])
async def test_forced_call_applies_to_the_first_turn_only(choice: str) -> None:
    """Other settings apply to all turns. The caller's object is not changed."""
    settings: Mapping[str, Any] = {"temperature": 0.1, "tool_choice": choice}
    for given in (settings, CompletionArgs(**settings)):
        transport = ScriptedTransport(
            response(call("get_weather", {"city": "Paris"})), response(message("Sunny."))
        )
        async with MistralCore(transport=transport) as client:
            result = await run(
                Tools(get_weather),
                beta_conversations_start,
                client,
                inputs=QUESTION,
                model="m",
                completion_args=given,
            )
        assert result.unwrap().text == "Sunny."
        first, second = (body["completion_args"] for _, body in bodies(transport))
        assert first == settings
        assert second == {"temperature": 0.1} | (
            {"tool_choice": "auto"} if choice == "auto" else {}
        )


async def test_last_turn_at_the_limit_is_without_tools() -> None:
    """As in chats."""
    transport = ScriptedTransport(
        response(call("get_weather", {"city": "Paris"})), response(message("No idea."))
    )
    tools = Tools(get_weather, max_turns=1, respond_at_limit=True)
    async with MistralCore(transport=transport) as client:
        result = await run(tools, beta_conversations_start, client, inputs=QUESTION, model="m")
    assert result.unwrap().text == "No idea."
    assert bodies(transport)[1][1]["completion_args"] == {"tool_choice": "none"}


# Agents


def agent(agent_id: str, *functions: str, handoffs: tuple[str, ...] = ()) -> Response:
    """Return an agent that declares functions."""
    none: dict[str, Any] = {}
    tools = [
        {"type": "function", "function": {"name": name, "parameters": none}} for name in functions
    ]
    return json_response({"id": agent_id, "tools": tools, "handoffs": handoffs})


async def run_agent(
    *responses: Response, **kwargs: Any
) -> tuple[Result[Run[ConversationResponse], RunError], ScriptedTransport]:
    """Run an agent with a function."""
    transport = ScriptedTransport(*responses)
    async with MistralCore(transport=transport) as client:
        tools = Tools(get_weather)
        result = await run(
            tools, beta_conversations_start, client, inputs=QUESTION, agent_id="a1", **kwargs
        )
    return result, transport


async def test_run_does_not_change_an_agent() -> None:
    """The agent declares the function, so that no tools are sent."""
    result, transport = await run_agent(
        agent("a1", "get_weather", "other"), response(message("Hello.")), agent_version="prod"
    )
    assert result.unwrap().text == "Hello."
    assert transport.requests[0].url.endswith("/v1/agents/a1?agent_version=prod")
    assert "tools" not in bodies(transport)[1][1]


async def test_function_of_a_handoff_target_is_accepted() -> None:
    """Each agent is looked up once."""
    result, transport = await run_agent(
        agent("a1", handoffs=("a2", "a1")),
        agent("a2", "get_weather", handoffs=("a1",)),
        response(message("Hello.")),
    )
    assert result.unwrap().text == "Hello."
    assert len(transport.requests) == 3


async def test_undeclared_function_is_an_error() -> None:
    """It would never be called."""
    result, transport = await run_agent(agent("a1", "other"))
    assert isinstance(result, Err)
    assert isinstance(result.error.failure, InvalidRequestError)
    assert "The agent a1 does not declare these functions: get_weather." in str(result.error)
    assert len(transport.requests) == 1


async def test_unknown_agent_is_an_error() -> None:
    """The error is that of the request."""
    result, _ = await run_agent(json_response({"message": "No such agent"}, 404))
    assert isinstance(result, Err)
    assert isinstance(result.error.failure, SDKError)
    assert result.error.failure.status == 404


async def test_handoff_to_the_client_is_followed() -> None:
    """The next agent continues the conversation."""
    result, transport = await run_agent(
        agent("a1", "get_weather"),
        response(message("One moment."), HANDOFF),
        response(message("Second here.")),
        handoff_execution="client",
    )
    assert result.unwrap().text == "Second here."
    assert bodies(transport)[2] == (
        "/conversations/c1",
        {**bodies(transport)[2][1], "inputs": [], "handoff_execution": "client"},
    )


# Confirmations on the server


CONNECTOR_CALL = call("send_mail", {"to": "bob"}, "pending", "call00002")


@pytest.mark.parametrize(("decision", "sent"), [(Approve(), "allow"), (Reject("no"), "deny")])
async def test_call_of_a_connector_pauses_the_run(decision: Any, sent: str) -> None:
    """The decision is sent together with the results of functions."""
    transport = ScriptedTransport(
        response(call("get_weather", {"city": "Paris"}), CONNECTOR_CALL),
        response(message("Done.")),
    )
    tools = Tools(get_weather)
    async with MistralCore(transport=transport) as client:
        result = await run(tools, beta_conversations_start, client, inputs=QUESTION, model="m")
        paused = result.unwrap()
        assert [(each.name, each.at_server) for each in paused.pending] == [("send_mail", True)]
        assert paused.calls[0].output == "Sunny in Paris"
        state = RunState.from_json(paused.state.to_json()).unwrap()
        assert [each.confirmation for each in state.open_confirmations] == ["deny"]
        resumed = await run(
            tools.resume(state, {"call00002": decision}),
            beta_conversations_append,
            client,
            "c1",
        )
    assert resumed.unwrap().text == "Done."
    body = bodies(transport)[1][1]
    assert body["tool_confirmations"] == [{"tool_call_id": "call00002", "confirmation": sent}]
    assert [each["tool_call_id"] for each in body["inputs"]] == ["call00001"]


async def test_call_that_ran_on_the_server_is_not_run() -> None:
    """It was confirmed before."""
    transport = ScriptedTransport(
        response(call("send_mail", {}, "allowed"), message("Sent."), {"type": "new", "x": 1})
    )
    async with MistralCore(transport=transport) as client:
        result = await run(Tools(), beta_conversations_start, client, inputs=QUESTION, model="m")
    assert result.unwrap().text == "Sent."
    assert result.unwrap().calls == ()
    assert isinstance(result.unwrap().entries[-1], Unknown)


@pytest.mark.parametrize(
    ("function", "args", "decision", "message"),
    [
        (beta_conversations_append, ("c2",), Approve(), "the `conversation_id` of the state"),
        (beta_conversations_start, (), Approve(), "pass `beta_conversations_append`"),
        (beta_conversations_append, ("c1",), Approve({"to": "eve"}), "it runs at the server"),
    ],
)
async def test_resuming_with_invalid_arguments_is_an_error(
    function: Any, args: Any, decision: Any, message: str
) -> None:
    """Nothing is sent."""
    transport = ScriptedTransport(response(CONNECTOR_CALL))
    async with MistralCore(transport=transport) as client:
        paused = await run(Tools(), beta_conversations_start, client, inputs=QUESTION, model="m")
        tools = Tools().resume(paused.unwrap().state, {"call00002": decision})
        kwargs = {} if args else {"inputs": QUESTION}
        result: Result[object, RunError] = await run(tools, function, client, *args, **kwargs)
    assert isinstance(result, Err)
    assert message in str(result.error)
    assert len(transport.requests) == 1


async def test_unstored_conversation_is_resumed_by_sending_it_again() -> None:
    """Its state has all entries."""
    transport = ScriptedTransport(
        response(call("get_weather", {"city": "Paris"})), response(message("Sunny."))
    )
    tools = Tools(get_weather, confirm=[get_weather])
    async with MistralCore(transport=transport) as client:
        result = await run(
            tools, beta_conversations_start, client, inputs=QUESTION, model="m", store=False
        )
        state = result.unwrap().state
        result = await run(
            tools.resume(state, {"call00001": Approve()}),
            beta_conversations_start,
            client,
            inputs=state.entries,
            model="m",
            store=False,
        )
    assert result.unwrap().text == "Sunny."
    assert [each["type"] for each in bodies(transport)[1][1]["inputs"]] == [
        "message.input",
        "function.call",
        "function.result",
    ]


async def test_conversation_continues_after_a_run_that_ended_early() -> None:
    """The results of open calls precede the user's message."""
    transport = ScriptedTransport(
        response(call("get_weather", {"city": "Paris"})), response(message("Welcome back."))
    )
    async with MistralCore(transport=transport) as client:
        result = await run(
            Tools(get_weather, max_turns=1),
            beta_conversations_start,
            client,
            inputs=QUESTION,
            model="m",
        )
        assert isinstance(result, Err)
        state = result.error.state
        inputs: list[InputEntries] = [
            *state.open_results,
            {"type": "message.input", "role": "user", "content": "Hi"},
        ]
        again = await run(
            Tools(get_weather), beta_conversations_append, client, "c1", inputs=inputs
        )
    assert again.unwrap().text == "Welcome back."
    assert "limit of 1 turns" in bodies(transport)[1][1]["inputs"][0]["result"]


async def test_chunks_of_a_tool_become_text() -> None:
    """Results of functions are strings. Other chunks are replaced by a description."""

    @tool
    def show() -> Any:
        return [TextChunk(text="A map:"), ImageURLChunk(image_url="data:,")]

    transport = ScriptedTransport(response(call("show", {})), response(message("Nice.")))
    async with MistralCore(transport=transport) as client:
        await run(Tools(show), beta_conversations_start, client, inputs=QUESTION, model="m")
    result = bodies(transport)[1][1]["inputs"][0]["result"]
    assert result == "A map:\n[image_url]"


async def test_restart_runs_too() -> None:
    """It continues like the others."""
    transport = ScriptedTransport(
        response(call("get_weather", {"city": "Paris"})), response(message("Sunny."))
    )
    async with MistralCore(transport=transport) as client:
        result = await run(
            Tools(get_weather),
            beta_conversations_restart,
            client,
            "c0",
            from_entry_id="e1",
            inputs=QUESTION,
        )
    assert result.unwrap().text == "Sunny."
    assert [path for path, _ in bodies(transport)] == [
        "/conversations/c0/restart",
        "/conversations/c1",
    ]
    assert "tools" not in bodies(transport)[0][1]


async def test_invalid_inputs_are_an_error() -> None:
    """Nothing is sent."""
    number: Any = 7
    async with MistralCore(transport=ScriptedTransport()) as client:
        result = await run(Tools(), beta_conversations_start, client, inputs=number, model="m")
    assert isinstance(result, Err)
    assert "`inputs` must be a string or a sequence" in str(result.error)


async def test_state_of_a_chat_is_not_that_of_a_conversation() -> None:
    """And vice versa."""
    chat, conversation = (RunState(id="r", kind=kind, turns=1) for kind in KINDS)
    async with MistralCore(transport=ScriptedTransport()) as client:
        result = await run(Tools().resume(chat), beta_conversations_append, client, "c1")
        other = await run(
            Tools().resume(conversation), chat_complete, client, model="m", messages=[]
        )
    assert isinstance(result, Err)
    assert "the state is that of a chat" in str(result.error)
    assert isinstance(other, Err)
    assert "the state is that of a conversation" in str(other.error)


KINDS: tuple[Any, ...] = ("chat", "conversation")

# Streams


def events(*data: Mapping[str, Any]) -> Response:
    """Return a stream of events."""
    return stream_response(
        *(f"event: {each['type']}\ndata: {json.dumps(each)}\n\n".encode() for each in data)
    )


STARTED = {"type": "conversation.response.started", "conversation_id": "c1"}
DONE = {"type": "conversation.response.done", "usage": {"total_tokens": 5}}


def delta(text: Any, index: int = 0) -> dict[str, Any]:
    """Return an event with text."""
    return {"type": "message.output.delta", "id": "m1", "content": text, "output_index": index}


def call_delta(arguments: str, **changes: Any) -> dict[str, Any]:
    """Return an event with a part of a function call."""
    return {
        "type": "function.call.delta",
        "id": "f1",
        "name": "get_weather",
        "tool_call_id": "call00001",
        "arguments": arguments,
        "output_index": 1,
        **changes,
    }


async def read(
    *responses: Response,
) -> list[Result[RunEvent[ConversationResponse], RunError]]:
    """Read a streamed run to its end."""
    async with MistralCore(transport=ScriptedTransport(*responses)) as client:
        stream = await run_stream(
            Tools(get_weather), beta_conversations_start_stream, client, inputs=QUESTION, model="m"
        )
        async with stream.unwrap() as items:
            return [item async for item in items]


async def test_run_is_streamed() -> None:
    """Its turns form one stream."""
    items = await read(
        events(
            STARTED,
            delta("Let "),
            delta("me see."),
            call_delta('{"city": '),
            call_delta('"Rome"}'),
            DONE,
        ),
        events(STARTED, delta("Sunny."), DONE),
    )
    values = [item.unwrap() for item in items]
    assert "".join(each.text for each in values if isinstance(each, RunChunk)) == (
        "Let me see.Sunny."
    )
    assert [type(each) for each in values if not isinstance(each, RunChunk)] == [
        RunToolCall,
        RunToolResult,
        RunEnd,
    ]
    end = values[-1]
    assert isinstance(end, RunEnd)
    assert end.run.calls[0].output == "Sunny in Rome"
    assert end.run.usage.total_tokens == 10
    assert [entry.type for entry in end.run.entries] == [
        "message.input",
        "message.output",
        "function.call",
        "function.result",
        "message.output",
    ]


@pytest.mark.parametrize(
    ("last", "status", "text"),
    [
        (
            {"type": "conversation.response.error", "message": "Overloaded", "code": 503},
            503,
            "Over",
        ),
        ({"type": "conversation.response.error", "code": 3000}, 200, "The conversation failed"),
    ],
)
async def test_error_event_ends_the_run(last: Any, status: int, text: str) -> None:
    """The conversation is known, so that the run can be resumed."""
    item = (await read(events(STARTED, delta("Let "), last)))[-1]
    assert isinstance(item, Err)
    failure = item.error.failure
    assert isinstance(failure, SDKError)
    assert failure.status == status
    assert text in str(item.error)
    assert item.error.state.conversation_id == "c1"


async def test_truncated_stream_ends_the_run() -> None:
    """A partial response is not a response."""
    item = (await read(events(STARTED, delta("Let "))))[-1]
    assert isinstance(item, Err)
    assert item.error.reason == "request"


async def test_stream_is_collected() -> None:
    """Into the response of a plain call, with every kind of entry."""
    execution = {"id": "t1", "name": "web_search", "output_index": 2}
    handoff = {"id": "h1", "output_index": 3}
    stream = events(
        STARTED,
        {
            "type": "agent.handoff.started",
            "previous_agent_id": "a1",
            "previous_agent_name": "First",
            **handoff,
        },
        {"type": "tool.execution.started", "arguments": '{"q"', **execution},
        {"type": "tool.execution.delta", "arguments": ': "x"}', **execution},
        {
            "type": "tool.execution.done",
            "info": {"n": 1},
            "created_at": "2026-01-01T00:00:00Z",
            **execution,
        },
        {
            "type": "agent.handoff.done",
            "next_agent_id": "a2",
            "next_agent_name": "Second",
            **handoff,
        },
        call_delta("", confirmation_status="pending"),
        delta("See "),
        delta({"type": "tool_reference", "tool": "web_search", "title": "A page"}),
        delta("this."),
        {"type": "conversation.new", "id": "x"},
        DONE,
    )
    async with MistralCore(transport=ScriptedTransport(stream)) as client:
        opened = await beta_conversations_start_stream(client, inputs=QUESTION, model="m")
        folded = (await collect_conversation(opened.unwrap())).unwrap()
    text, function_call, execution_entry, handoff_entry = folded.outputs
    assert folded.text == "See this."
    assert text.type == "message.output"
    assert isinstance(function_call, FunctionCallEntry)
    assert (function_call.arguments, function_call.confirmation_status) == ("{}", "pending")
    assert execution_entry.arguments == '{"q": "x"}'  # type: ignore[union-attr]
    assert execution_entry.info == {"n": 1}  # type: ignore[union-attr]
    assert handoff_entry.next_agent_name == "Second"  # type: ignore[union-attr]
    assert (folded.conversation_id, folded.usage.total_tokens) == ("c1", 5)


@pytest.mark.parametrize(
    "last", [{"type": "conversation.response.error", "message": "Overloaded"}, delta("cut off")]
)
async def test_stream_that_fails_is_not_collected(last: Any) -> None:
    """An `Err` has the reason."""
    async with MistralCore(transport=ScriptedTransport(events(STARTED, last))) as client:
        opened = await beta_conversations_start_stream(client, inputs=QUESTION, model="m")
        assert isinstance(await collect_conversation(opened.unwrap()), Err)


def test_events_of_an_unfinished_stream_are_folded() -> None:
    """Such as those received before a failure."""
    folded = fold_conversation(
        [ResponseStartedEvent(conversation_id="c1"), MessageOutputEvent(id="m", content="Let ")]
    )
    assert (folded.conversation_id, folded.text) == ("c1", "Let ")
