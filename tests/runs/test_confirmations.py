"""Tool calls with confirmation: the run pauses, is saved, and is resumed in any process."""

import asyncio
import json
from typing import Any

import pytest

from mistral_core import Err, MistralCore
from mistral_funcs import Approve, Reject, Run, RunState, Tools, chat_complete, run, tool
from tests.runs.scripted_model import ScriptedModel, calls, says

MESSAGES = [{"role": "user", "content": "Tell Bob about the weather."}]

sent: list[str] = []
looked_up: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    sent.clear()
    looked_up.clear()


@tool(confirm=True)
async def send_mail(to: str, text: str = "Hello") -> str:
    """Send a mail."""
    sent.append(f"{to}: {text}")
    return "sent"


async def look_up(city: str) -> str:
    """Look up the weather."""
    looked_up.append(city)
    return "sunny"


TOOLS = Tools(look_up, send_mail)
TURN = calls(
    ("look_up", {"city": "Paris"}), ("send_mail", {"to": "bob"}), ("send_mail", {"to": "eve"})
)


async def pause(client: MistralCore) -> Run[Any]:
    """Run until the mails require confirmation."""
    result = await run(TOOLS, chat_complete, client, model="m", messages=MESSAGES)
    return result.unwrap()


async def resume(client: MistralCore, state: RunState, decisions: Any) -> Any:
    """Resume a run."""
    tools = TOOLS.resume(state, decisions)
    return await run(tools, chat_complete, client, model="m", messages=state.messages)


async def test_run_pauses_and_is_resumed_from_json() -> None:
    """Calls without confirmation run once, before the pause."""
    model = ScriptedModel(TURN, says("Done."))
    async with MistralCore(transport=model) as client:
        paused = await pause(client)
        assert [call.name for call in paused.pending] == ["send_mail", "send_mail"]
        assert (sent, looked_up) == ([], ["Paris"])
        state = RunState.from_json(paused.state.to_json()).unwrap()
        decisions = {"call00001": Approve(), "call00002": Reject("Eve is on holiday")}
        finished = (await resume(client, state, decisions)).unwrap()
    assert finished.text == "Done."
    assert (sent, looked_up) == (["bob: Hello"], ["Paris"])
    assert [each["content"] for each in model.bodies[1]["messages"][-3:]] == [
        "sunny",
        "sent",
        "Error: the user rejected this call: Eve is on holiday",
    ]
    assert finished.state.id == paused.state.id
    assert [call.status for call in finished.calls] == ["succeeded", "succeeded", "rejected"]


async def test_tools_to_confirm_can_be_named_by_the_run() -> None:
    """By function or by name."""
    for confirm in ([look_up], ["look_up"]):
        tools = Tools(look_up, confirm=confirm)
        model = ScriptedModel(calls(("look_up", {"city": "Rome"})))
        async with MistralCore(transport=model) as client:
            paused = await run(tools, chat_complete, client, model="m", messages=MESSAGES)
        assert [call.name for call in paused.unwrap().pending] == ["look_up"]


async def test_arguments_can_be_changed() -> None:
    """The result tells the model about the change."""
    model = ScriptedModel(calls(("send_mail", {"to": "bob"})), says("Done."))
    async with MistralCore(transport=model) as client:
        paused = await pause(client)
        decisions = {"call00000": Approve({"to": "bob", "text": "Good morning"})}
        finished = (await resume(client, paused.state, decisions)).unwrap()
    assert sent == ["bob: Good morning"]
    assert finished.calls[0].arguments == {"to": "bob", "text": "Good morning"}
    result = model.bodies[1]["messages"][-1]["content"]
    assert result == "(The user changed the arguments of this call.)\nsent"


async def test_calls_without_a_decision_remain_pending() -> None:
    """The run pauses again without a request."""
    model = ScriptedModel(TURN, says("Done."))
    async with MistralCore(transport=model) as client:
        paused = await pause(client)
        again = (await resume(client, paused.state, {"call00001": Approve()})).unwrap()
        assert [call.id for call in again.pending] == ["call00002"]
        assert sent == ["bob: Hello"]
        assert len(model.bodies) == 1
        finished = (await resume(client, again.state, {"call00002": Approve()})).unwrap()
    assert finished.text == "Done."
    assert sent == ["bob: Hello", "eve: Hello"]


async def test_paused_run_can_be_continued_with_a_user_message_instead() -> None:
    """Its messages say which calls were not run."""
    model = ScriptedModel(TURN, says("As you like."))
    async with MistralCore(transport=model) as client:
        paused = await pause(client)
        messages = [*paused.messages, {"role": "user", "content": "Never mind."}]
        result = await run(TOOLS, chat_complete, client, model="m", messages=messages)
    assert result.unwrap().text == "As you like."
    assert sent == []
    assert [each["role"] for each in model.bodies[1]["messages"]] == [
        "user",
        "assistant",
        "tool",
        "tool",
        "tool",
        "assistant",
        "user",
    ]


async def test_resuming_a_finished_run_returns_it() -> None:
    """A redelivered message does nothing twice."""
    model = ScriptedModel(says("Done."))
    async with MistralCore(transport=model) as client:
        finished = await pause(client)
        again = (await resume(client, finished.state, {})).unwrap()
    assert again.text == "Done."
    assert len(model.bodies) == 1


async def test_cancelled_resume_leaves_the_saved_state_pending() -> None:
    """The call can be confirmed again.

    The tool gets the call's ID, so that it can refuse to act twice.
    """
    started = asyncio.Event()

    @tool(confirm=True)
    async def hang() -> str:
        started.set()
        await asyncio.Event().wait()
        return ""

    tools = Tools(hang)
    async with MistralCore(transport=ScriptedModel(calls(("hang", {})))) as client:
        result = await run(tools, chat_complete, client, model="m", messages=MESSAGES)
        state = result.unwrap().state
        resumed = run(
            tools.resume(state, {"call00000": Approve()}),
            chat_complete,
            client,
            model="m",
            messages=state.messages,
        )
        task = asyncio.create_task(resumed)
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert [call.status for call in state.pending] == ["pending"]


async def test_cancelled_resume_leaves_undecided_calls_pending() -> None:
    """The approved call was started and cancelled. The others can still be decided."""
    started = asyncio.Event()
    states: list[RunState] = []

    @tool(confirm=True)
    async def hang() -> str:
        started.set()
        await asyncio.Event().wait()
        return ""

    tools = Tools(hang, on_state=states.append)
    script = calls(("hang", {}), ("hang", {})), says("Done.")
    async with MistralCore(transport=ScriptedModel(*script)) as client:
        result = await run(tools, chat_complete, client, model="m", messages=MESSAGES)
        state = result.unwrap().state
        resumed = tools.resume(state, {"call00000": Approve()})
        messages = state.messages
        task = asyncio.create_task(
            run(resumed, chat_complete, client, model="m", messages=messages)
        )
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        cancelled = RunState.from_json(states[-1].to_json()).unwrap()
        assert [call.status for call in cancelled.calls] == ["cancelled", "pending"]
        assert cancelled.id == state.id
        again = await run(
            tools.resume(cancelled, {"call00001": Reject()}),
            chat_complete,
            client,
            model="m",
            messages=cancelled.messages,
        )
    assert again.unwrap().text == "Done."


async def test_state_of_a_killed_process_names_the_running_calls() -> None:
    """They may have had effects. Calls that had not started are started."""
    states: list[RunState] = []

    async def first() -> str:
        return "done"

    tools = Tools(first, on_state=states.append)
    model = ScriptedModel(calls(("first", {}), ("first", {})), says("Done."))
    async with MistralCore(transport=model) as client:
        await run(tools, chat_complete, client, model="m", messages=MESSAGES)
        (crashed,) = [
            state
            for state in states
            if [call.status for call in state.last_calls] == ["running", "waiting"]
        ]
        saved = RunState.from_json(crashed.to_json()).unwrap()
        model.bodies.clear()
        tools = Tools(first).resume(saved)
        result = await run(tools, chat_complete, client, model="m", messages=saved.messages)
    assert result.unwrap().text == "Done."
    assert [each["content"] for each in model.bodies[0]["messages"][-2:]] == [
        "Error: interrupted while running. The call may have had effects.",
        "done",
    ]


@pytest.mark.parametrize(
    ("decisions", "messages", "message"),
    [
        ({"nobody": Approve()}, None, "No call with this ID awaits confirmation: nobody"),
        ({}, MESSAGES, "`messages` must be the messages of the state"),
    ],
)
async def test_resuming_with_invalid_arguments_is_an_error(
    decisions: Any, messages: Any, message: str
) -> None:
    """Nothing is run or sent."""
    model = ScriptedModel(TURN)
    async with MistralCore(transport=model) as client:
        state = (await pause(client)).state
        tools = TOOLS.resume(state, decisions)
        result = await run(
            tools, chat_complete, client, model="m", messages=messages or state.messages
        )
    assert isinstance(result, Err)
    assert result.error.reason == "tools"
    assert message in str(result.error)
    assert (sent, len(model.bodies)) == ([], 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "The saved run is not JSON"),
        ("[]", "The saved run has version None; only version 1 can be resumed"),
        ('{"version": 2}', "The saved run has version 2; only version 1 can be resumed"),
        ('{"version": 1}', "The saved run is invalid: "),
        ('{"version": 1, "id": "x"}', "`$.kind` is missing"),
    ],
)
def test_invalid_state_is_refused(text: str, message: str) -> None:
    """With its fault."""
    result = RunState.from_json(text)
    assert isinstance(result, Err)
    assert message in str(result.error)


async def test_saved_state_contains_no_secret() -> None:
    """Neither the key nor the options of the call."""
    async with MistralCore("secret-key", transport=ScriptedModel(TURN)) as client:
        state = (await pause(client)).state
    assert "secret-key" not in state.to_json()
    assert json.loads(state.to_json())["version"] == 1
    assert RunState.from_json(state.to_json()).unwrap().to_json() == state.to_json()
