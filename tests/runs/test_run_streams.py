"""Streamed runs: text, tool calls and results of tools in one stream."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from mistral_core import Err, Headers, MistralCore, Ok, Response, Result
from mistral_core.errors import APIConnectionError
from mistral_core.testing import json_response
from mistral_funcs import (
    Approve,
    RunChunk,
    RunEnd,
    RunError,
    RunEvent,
    RunStream,
    RunToolCall,
    RunToolResult,
    Tools,
    chat_stream,
    run_stream,
    tool,
)
from mistral_funcs.schemas import ChatCompletionResponse
from tests.runs.scripted_model import ScriptedModel, Turn, calls, says, streamed

MESSAGES = [{"role": "user", "content": "What is the weather in Paris?"}]


async def get_weather(city: str) -> str:
    """Return the weather in a city."""
    return f"Sunny in {city}"


TURN = calls(("get_weather", {"city": "Paris"}), text="Let me see.")


async def open_stream(
    client: MistralCore, tools: Tools
) -> Result[RunStream[ChatCompletionResponse], RunError]:
    """Open a streamed run."""
    return await run_stream(tools, chat_stream, client, model="m", messages=MESSAGES)


async def read(
    *script: Turn, tools: Tools | None = None
) -> list[Result[RunEvent[ChatCompletionResponse], RunError]]:
    """Read a streamed run to its end."""
    async with MistralCore(transport=ScriptedModel(*script)) as client:
        stream = (await open_stream(client, tools or Tools(get_weather))).unwrap()
        async with stream as events:
            return [event async for event in events]


async def test_run_is_one_stream_of_text_calls_and_results() -> None:
    """The last event contains the run."""
    seen: list[str] = []
    for event in await read(TURN, says("It is sunny.")):
        match event:
            case Ok(RunChunk(text=text)):
                seen.append(text)
            case Ok(RunToolCall(call)):
                seen.append(f"<{call.name} {call.status}>")
            case Ok(RunToolResult(call)):
                seen.append(f"<{call.output}>")
            case Ok(RunEnd(finished)):
                seen.append(f"<{finished.text}, {finished.usage.total_tokens} tokens>")
            case _:
                raise AssertionError(event)
    assert "".join(seen) == (
        "Let me see.<get_weather running><Sunny in Paris>It is sunny.<It is sunny., 10 tokens>"
    )


async def test_opening_reports_a_failed_request() -> None:
    """Before the stream, so that a web service can still choose its status."""
    async with MistralCore(transport=ScriptedModel(json_response({}, 401))) as client:
        result = await open_stream(client, Tools())
    assert isinstance(result, Err)
    assert result.error.reason == "request"


async def test_opening_reports_invalid_tools() -> None:
    """Nothing is sent."""

    class Twice:
        def current_tools(self) -> list[Any]:
            return [tool(get_weather)]

    async with MistralCore(transport=ScriptedModel(says("Never said."))) as client:
        result = await open_stream(client, Tools(get_weather, Twice()))
    assert isinstance(result, Err)
    assert result.error.reason == "tools"


@pytest.mark.parametrize(
    "turn",
    [
        streamed(says("It is"), cut_off=True),
        json_response({"message": "Down"}, 500),
        APIConnectionError("Lost"),
    ],
    ids=["cut off", "error", "no connection"],
)
async def test_failure_in_a_later_turn_is_the_last_item(turn: Any) -> None:
    """It keeps what was done so far, and the tokens of the unfinished response."""
    *_, last = await read(TURN, turn)
    assert isinstance(last, Err)
    assert last.error.reason == "request"
    assert last.error.state.calls[0].output == "Sunny in Paris"
    assert last.error.state.usage.total_tokens in (5, 10)


async def test_run_pauses_and_is_resumed_as_a_stream() -> None:
    """The confirmed call runs before the next request."""
    tools = Tools(get_weather, confirm=[get_weather])
    async with MistralCore(transport=ScriptedModel(TURN, says("Done."))) as client:
        stream = (await open_stream(client, tools)).unwrap()
        async with stream as events:
            *_, pending, end = [event.unwrap() async for event in events]
        assert isinstance(pending, RunToolCall)
        assert isinstance(end, RunEnd)
        assert [call.status for call in end.run.pending] == ["pending"]
        state = stream.state
        resumed = await run_stream(
            tools.resume(state, {pending.call.id: Approve()}),
            chat_stream,
            client,
            model="m",
            messages=state.messages,
        )
        async with resumed.unwrap() as events:
            seen = [type(event.unwrap()) async for event in events]
    assert seen == [RunToolCall, RunToolResult, RunChunk, RunEnd]


async def test_leaving_early_stops_tools() -> None:
    """No task is left, and the state names the running calls."""
    cancelled = asyncio.Event()

    async def hang() -> str:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return ""

    async with MistralCore(transport=ScriptedModel(calls(("hang", {})))) as client:
        stream = (await open_stream(client, Tools(hang))).unwrap()
        async with stream as events:
            async for event in events:
                if isinstance(event.unwrap(), RunToolCall):
                    await asyncio.sleep(0)
                    break
        assert len(asyncio.all_tasks()) == 1
    assert cancelled.is_set()
    assert stream.state.calls[0].status == "cancelled"
    assert stream.state.stopped == "it was cancelled"


class Endless:
    """An endless response body that reports whether it is open."""

    def __init__(self) -> None:
        """Open the body."""
        self.is_open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        delta = {"delta": {"role": "assistant", "content": "Well, "}}
        while True:
            await asyncio.sleep(0)
            yield b"data: %s\n\n" % json.dumps({"id": "c", "choices": [delta]}).encode()

    async def aclose(self) -> None:
        """Close the body."""
        self.is_open = False


@pytest.mark.parametrize("events_read", [0, 1, 5])
async def test_leaving_early_closes_the_connection(events_read: int) -> None:
    """Also before anything was read."""
    body = Endless()
    response = Response(200, Headers([("content-type", "text/event-stream")]), stream=body)
    async with MistralCore(transport=ScriptedModel(response)) as client:
        stream = (await open_stream(client, Tools())).unwrap()
        assert body.is_open
        async with stream as events:
            for _ in range(events_read):
                assert isinstance((await anext(events)).unwrap(), RunChunk)
        assert not body.is_open
        assert len(asyncio.all_tasks()) == 1


async def test_waiting_for_an_event_can_be_cancelled() -> None:
    """The next event is not lost."""
    go_on = asyncio.Event()

    async def wait() -> str:
        await go_on.wait()
        return "waited"

    async with MistralCore(transport=ScriptedModel(calls(("wait", {})), says("Done."))) as client:
        stream = (await open_stream(client, Tools(wait))).unwrap()
        async with stream as events:
            seen = [await anext(events), await anext(events), await anext(events)]
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(events), 0.01)
            go_on.set()
            seen += [event async for event in events]
    assert [type(event.unwrap()) for event in seen] == [
        RunChunk,
        RunChunk,
        RunToolCall,
        RunToolResult,
        RunChunk,
        RunEnd,
    ]


async def test_cancelled_error_of_a_tool_is_raised_to_the_reader() -> None:
    """As in a plain run. The stream has ended."""

    async def cancel() -> str:
        raise asyncio.CancelledError

    async with MistralCore(transport=ScriptedModel(calls(("cancel", {})))) as client:
        stream = (await open_stream(client, Tools(cancel))).unwrap()
        async with stream as events:
            with pytest.raises(asyncio.CancelledError):
                [event async for event in events]
            assert [event async for event in events] == []


async def test_stream_is_entered_once() -> None:
    """A second time is a programming error. A stream that was not entered can be closed."""
    async with MistralCore(transport=ScriptedModel(says("Done."))) as client:
        stream = (await open_stream(client, Tools())).unwrap()
        await stream.__aexit__(None, None, None)
        async with stream:
            pass
        with pytest.raises(RuntimeError, match="can only be read once"):
            await stream.__aenter__()
