"""Runs for both type checkers: accepted, never run."""

from typing import Any, assert_never, assert_type

from mistral_core import Err, Failure, MistralCore, Ok, Result
from mistral_funcs import (
    Approve,
    Reject,
    Run,
    RunCall,
    RunChunk,
    RunEnd,
    RunError,
    RunEvent,
    RunState,
    RunStream,
    RunToolCall,
    RunToolResult,
    Tools,
    agents_complete,
    agents_stream,
    beta_conversations_append,
    beta_conversations_restart,
    beta_conversations_start,
    beta_conversations_start_stream,
    chat_complete,
    chat_stream,
    run,
    run_stream,
    tool,
)
from mistral_funcs.schemas import ChatCompletionResponse, ConversationResponse


@tool(confirm=True)
async def send(to: str) -> bool:
    """Send a mail."""
    return bool(to)


def weather(city: str) -> float:
    """Return the temperature."""
    return float(len(city))


async def responses(client: MistralCore, tools: Tools) -> None:
    """A run has the response of its operation, and takes its arguments."""
    chat = await run(tools, chat_complete, client, model="m", messages=[], temperature=0.5)
    assert_type(chat, Result[Run[ChatCompletionResponse], RunError])
    agent = await run(tools, agents_complete, client, agent_id="a", messages=[])
    assert_type(agent, Result[Run[ChatCompletionResponse], RunError])
    started = await run(tools, beta_conversations_start, client, inputs="?", model="m")
    assert_type(started, Result[Run[ConversationResponse], RunError])
    appended = await run(tools, beta_conversations_append, client, "c", inputs="?")
    assert_type(appended, Result[Run[ConversationResponse], RunError])
    again = await run(tools, beta_conversations_restart, client, "c", from_entry_id="e", inputs="?")
    assert_type(again, Result[Run[ConversationResponse], RunError])


async def outcomes(client: MistralCore) -> RunState:
    """Fields of a run, and of its error."""
    tools = Tools(weather, send, max_turns=5, timeout=None, on_error="stop", confirm=[weather])
    match await run(tools, chat_complete, client, model="m", messages=[]):
        case Ok(finished):
            assert_type(finished, Run[ChatCompletionResponse])
            assert_type(finished.response, ChatCompletionResponse)
            assert_type(finished.text, str)
            assert_type(finished.calls, tuple[RunCall, ...])
            assert_type(finished.usage.total_tokens, int)
            return finished.state
        case Err(error):
            assert_type(error.failure, Failure | None)
            return error.state


async def resumed(client: MistralCore, text: str) -> None:
    """A state is read from JSON, and its messages are passed."""
    match RunState.from_json(text):
        case Ok(state):
            decisions = {call.id: Approve({"to": "ada"}) for call in state.pending}
            rejected = dict.fromkeys(decisions, Reject("not now"))
            tools = Tools(send)
            messages = state.messages
            await run(
                tools.resume(state, decisions), chat_complete, client, model="m", messages=messages
            )
            await run(
                tools.resume(state, rejected), chat_complete, client, model="m", messages=messages
            )
        case Err():
            pass


async def streams(client: MistralCore, tools: Tools) -> None:
    """A stream has the response of the plain operation."""
    chat = await run_stream(tools, chat_stream, client, model="m", messages=[])
    assert_type(chat, Result[RunStream[ChatCompletionResponse], RunError])
    agent = await run_stream(tools, agents_stream, client, agent_id="a", messages=[])
    assert_type(agent, Result[RunStream[ChatCompletionResponse], RunError])
    started = await run_stream(tools, beta_conversations_start_stream, client, inputs="?")
    assert_type(started, Result[RunStream[ConversationResponse], RunError])
    async with started.unwrap() as events:
        async for item in events:
            assert_type(item, Result[RunEvent[ConversationResponse], RunError])
            match item:
                case Ok(event):
                    handle(event)
                case Err(error):
                    assert_type(error.state, RunState)


def handle(event: RunEvent[ConversationResponse]) -> None:
    """Distinguish the events by their classes, with no case left."""
    match event:
        case RunChunk(text=text, event=received):
            assert_type(text, str)
            assert_type(received, Any)
        case RunToolCall(call=call) | RunToolResult(call=call):
            assert_type(call, RunCall)
        case RunEnd(run=finished):
            assert_type(finished.response, ConversationResponse)
        case _:
            assert_never(event)
