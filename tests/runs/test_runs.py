"""Runs over chat completions: tools are called until the model responds."""

import asyncio
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any

import pytest

from mistral_core import Err, InvalidRequestError, MistralCore, Ok, SDKError
from mistral_core.testing import json_response
from mistral_funcs import (
    Run,
    RunError,
    ToolError,
    Tools,
    agents_complete,
    chat_complete,
    current_call,
    models_list,
    run,
    tool,
)
from mistral_funcs.sandbox import Sandbox
from tests.runs.scripted_model import ScriptedModel, Turn, calls, says

MESSAGES = [{"role": "user", "content": "What is the weather in Paris?"}]


def get_weather(city: str) -> str:
    """Return the weather in a city."""
    return f"Sunny in {city}"


async def run_script(
    *script: Turn, tools: Tools | None = None, others: Any = None, **kwargs: Any
) -> tuple[Ok[Run[Any]] | Err[RunError], ScriptedModel]:
    """Run a script with tools. Return the result and the model."""
    model = ScriptedModel(*script)
    arguments: Any = {"model": "m", "messages": MESSAGES, "tools": others, **kwargs}
    async with MistralCore(transport=model) as client:
        result = await run(
            tools or Tools(get_weather),
            chat_complete,
            client,
            **arguments,
        )
    return result, model


async def finish(*script: Turn, tools: Tools | None = None, **kwargs: Any) -> Run[Any]:
    """Run a script to its end."""
    result, _ = await run_script(*script, tools=tools, **kwargs)
    return result.unwrap()


async def fail(*script: Turn, tools: Tools | None = None, **kwargs: Any) -> RunError:
    """Run a script that ends with an error."""
    result, _ = await run_script(*script, tools=tools, **kwargs)
    assert isinstance(result, Err)
    return result.error


async def test_tool_is_called_and_its_result_is_sent() -> None:
    """The run has the final response, the messages, the calls and the total usage."""
    script = calls(("get_weather", {"city": "Paris"})), says("It is sunny.")
    result, model = await run_script(*script)
    finished = result.unwrap()
    assert finished.text == finished.response.text == "It is sunny."
    assert [(call.name, call.arguments, call.output) for call in finished.calls] == [
        ("get_weather", {"city": "Paris"}, "Sunny in Paris")
    ]
    assert finished.calls[0].status == "succeeded"
    assert finished.calls[0].duration is not None
    assert finished.usage.total_tokens == 10
    assert not finished.pending
    assert [_role(message) for message in finished.messages] == [
        "user",
        "assistant",
        "tool",
        "assistant",
    ]
    assert [each["function"]["name"] for each in model.bodies[0]["tools"]] == ["get_weather"]
    assert model.bodies[1]["messages"][-1] == {
        "role": "tool",
        "content": "Sunny in Paris",
        "tool_call_id": "call00000",
        "name": "get_weather",
    }
    assert result.call.status == 200


async def test_run_over_the_sandbox() -> None:
    """The sandbox calls the tools that the user names."""
    messages = [{"role": "user", "content": "Use get_weather: Paris"}]
    async with MistralCore(transport=Sandbox()) as client:
        result = await run(
            Tools(get_weather),
            chat_complete,
            client,
            model="mistral-large-latest",
            messages=messages,
        )
    assert result.unwrap().text == "The tools say: Sunny in Paris"


async def test_agents_complete_runs_too() -> None:
    """Like every operation with messages."""
    model = ScriptedModel(calls(("get_weather", {"city": "Rome"})), says("Sunny."))
    async with MistralCore(transport=model) as client:
        tools = Tools(get_weather)
        result = await run(tools, agents_complete, client, agent_id="a", messages=MESSAGES)
    assert result.unwrap().calls[0].output == "Sunny in Rome"


async def test_operation_without_messages_is_a_programming_error() -> None:
    """There is nothing to run."""
    function: Any = models_list
    async with MistralCore(transport=Sandbox()) as client:
        with pytest.raises(TypeError, match="`messages` or `inputs`"):
            await run(Tools(), function, client)


async def test_calls_of_one_turn_run_concurrently() -> None:
    """Each waits for the other, so that they would time out in sequence."""
    barrier = asyncio.Barrier(2)

    async def meet(name: str) -> str:
        await barrier.wait()
        return name

    script = calls(("meet", {"name": "a"}), ("meet", {"name": "b"})), says("Done.")
    finished = await finish(*script, tools=Tools(meet, timeout=10))
    assert [call.output for call in finished.calls] == ["a", "b"]


# A tool that fails: the message for the model.


class Unprintable:
    """An object that JSON cannot represent."""


async def raise_error() -> str:
    """Raise an error with a secret."""
    raise ValueError("secret")


async def raise_tool_error() -> str:
    """Raise an error for the model."""
    raise ToolError("the city is unknown; use an English name")


async def hang() -> str:
    """Never return."""
    await asyncio.Event().wait()
    return ""


def hang_in_a_thread() -> str:
    """Return after the time limit."""
    time.sleep(0.3)
    return "late"


def return_object() -> Any:
    """Return an object that cannot be sent."""
    return Unprintable()


async def raise_timeout() -> str:
    """Raise a TimeoutError of its own."""
    raise TimeoutError("secret")


FAILURES: Mapping[str, tuple[Any, str, str]] = {
    "raises": (("raise_error", {}), "failed", "the tool raised an unexpected ValueError."),
    "raises for the model": (
        ("raise_tool_error", {}),
        "failed",
        "the city is unknown; use an English name",
    ),
    "hangs": (("hang", {}), "timed_out", "no result within 0.05 s"),
    "hangs in a thread": (("hang_in_a_thread", {}), "timed_out", "no result within 0.05 s"),
    "raises TimeoutError": (("raise_timeout", {}), "failed", "an unexpected TimeoutError"),
    "returns an object": (("return_object", {}), "failed", "not text or JSON"),
    "misses an argument": (("get_weather", {}), "failed", "`city` is missing"),
    "has an argument of another type": (
        ("get_weather", {"city": ["Paris"]}),
        "failed",
        "`city` must be a string, got an array",
    ),
    "has an unexpected argument": (
        ("get_weather", {"city": "Paris", "unit": "C"}),
        "failed",
        "`unit`",
    ),
    "has arguments that are not JSON": (
        ("get_weather", '{"city": "Par'),
        "failed",
        "not valid JSON",
    ),
    "has arguments that are an object in an object": (
        ("get_weather", {"city": {"name": "Paris"}}),
        "failed",
        "`city` must be a string, got an object",
    ),
    "has arguments that are no object": (("get_weather", "[1]"), "failed", "must be a JSON object"),
    "does not exist": (
        ("get_wether", {"city": "Paris"}),
        "failed",
        "there is no tool named `get_wether`. Available tools: get_weather,",
    ),
}


@pytest.mark.parametrize("case", FAILURES)
async def test_failing_tool_is_reported_to_the_model(case: str) -> None:
    """The model can act on the message. A secret in an exception does not reach it."""
    (name, arguments), status, message = FAILURES[case]
    tools = Tools(
        get_weather,
        raise_error,
        raise_tool_error,
        hang,
        hang_in_a_thread,
        return_object,
        raise_timeout,
        timeout=0.05,
    )
    result, model = await run_script(calls((name, arguments)), says("Sorry."), tools=tools)
    finished = result.unwrap()
    (call,) = finished.calls
    sent = model.bodies[1]["messages"][-1]
    assert call.status == status
    assert call.output == sent["content"]
    assert sent["content"].startswith("Error: ")
    assert message in sent["content"]
    assert "secret" not in sent["content"]
    assert "Traceback" not in sent["content"]
    assert finished.text == "Sorry."


async def test_exception_of_a_tool_reaches_the_caller() -> None:
    """With its message and traceback."""
    finished = await finish(calls(("raise_error", {})), says("Sorry."), tools=Tools(raise_error))
    exception = finished.calls[0].exception
    assert isinstance(exception, ValueError)
    assert str(exception) == "secret"
    assert exception.__traceback__ is not None


async def test_failing_tool_can_end_the_run() -> None:
    """The results of the other calls are kept."""
    script = calls(("get_weather", {"city": "Paris"}), ("raise_error", {})), says("Never said.")
    error = await fail(*script, tools=Tools(get_weather, raise_error, on_error="stop"))
    assert error.reason == "tool"
    assert str(error) == "The tool `raise_error` failed"
    assert isinstance(error.__cause__, ValueError)
    assert [call.status for call in error.state.calls] == ["succeeded", "failed"]
    assert not error.retryable


async def test_results_are_paired_by_id_when_a_tool_is_called_twice() -> None:
    """Whichever call ends first."""

    async def wait_for(seconds: float) -> str:
        await asyncio.sleep(seconds)
        return f"{seconds}"

    script = calls(("wait_for", {"seconds": 0.02}), ("wait_for", {"seconds": 0.0})), says("Done.")
    result, model = await run_script(*script, tools=Tools(wait_for))
    assert result.unwrap().text == "Done."
    results = model.bodies[1]["messages"][-2:]
    assert [(each["tool_call_id"], each["content"]) for each in results] == [
        ("call00000", "0.02"),
        ("call00001", "0.0"),
    ]


@pytest.mark.parametrize("arguments", ["", "  ", "null", "{}"])
async def test_blank_arguments_are_none(arguments: str) -> None:
    """Servers encode missing arguments in several ways."""

    async def ping() -> str:
        return "pong"

    finished = await finish(calls(("ping", arguments)), says("Done."), tools=Tools(ping))
    assert finished.calls[0].output == "pong"


# Limits


async def test_turn_limit_ends_the_run_with_everything_done_so_far() -> None:
    """The calls of the last turn are not run, because nobody would read their results."""
    endless = calls(("get_weather", {"city": "Paris"}))
    error = await fail(endless, tools=Tools(get_weather, max_turns=3))
    assert error.reason == "max_turns"
    assert str(error) == "The run reached its limit of 3 turns"
    assert [call.status for call in error.state.calls] == ["succeeded", "succeeded", "skipped"]
    assert error.state.usage.total_tokens == 15
    assert error.state.response is not None


async def test_last_turn_without_tools_has_a_response_at_the_limit() -> None:
    """The model must not call tools in it."""
    script = calls(("get_weather", {"city": "Paris"})), says("As far as I know, sunny.")
    tools = Tools(get_weather, max_turns=1, respond_at_limit=True)
    result, model = await run_script(*script, tools=tools)
    assert result.unwrap().text == "As far as I know, sunny."
    assert model.bodies[1]["tool_choice"] == "none"
    assert "limit of 1 turns" in model.bodies[1]["messages"][-1]["content"]


async def test_model_that_calls_tools_in_the_last_turn_ends_the_run() -> None:
    """Although it must not call any."""
    tools = Tools(get_weather, max_turns=1, respond_at_limit=True)
    error = await fail(calls(("get_weather", {"city": "Paris"})), tools=tools)
    assert error.reason == "max_turns"
    assert [call.status for call in error.state.calls] == ["skipped", "skipped"]


async def test_model_that_repeats_a_failing_call_is_stopped() -> None:
    """Before the turn limit."""
    error = await fail(calls(("raise_error", {})), tools=Tools(raise_error, max_failed_turns=2))
    assert error.reason == "failed_turns"
    assert str(error) == "No tool call succeeded in 2 turns in a row"
    assert error.state.turns == 2


async def test_successful_call_resets_the_limit_of_failed_turns() -> None:
    """Only turns in a row count."""
    bad, good = calls(("raise_error", {})), calls(("get_weather", {"city": "Paris"}))
    tools = Tools(raise_error, get_weather, max_failed_turns=2)
    finished = await finish(bad, good, bad, says("Done."), tools=tools)
    assert finished.state.turns == 4


@pytest.mark.parametrize(
    ("choice", "second"),
    [
        ("any", None),
        ("required", None),
        ({"type": "function", "function": {"name": "get_weather"}}, None),
        ("auto", "auto"),
        (None, None),
    ],
)
async def test_forced_call_applies_to_the_first_turn_only(choice: Any, second: Any) -> None:
    """Otherwise the run would never end."""
    script = calls(("get_weather", {"city": "Paris"})), says("Done.")
    _, model = await run_script(*script, tool_choice=choice)
    assert [body.get("tool_choice") for body in model.bodies] == [choice, second]


# Requests


async def test_failed_request_ends_the_run_and_keeps_what_was_done() -> None:
    """The failure can be matched, and the run can be resumed."""
    script: list[Any] = [
        calls(("get_weather", {"city": "Paris"})),
        json_response({"message": "Down"}, 500),
    ]
    model = ScriptedModel(*script, says("Sunny."))
    async with MistralCore(transport=model, retry_config=None) as client:
        tools = Tools(get_weather)
        result = await run(tools, chat_complete, client, model="m", messages=MESSAGES)
        assert isinstance(result, Err)
        error = result.error
        assert isinstance(error.failure, SDKError)
        assert (error.reason, error.failure.status, error.retryable) == ("request", 500, True)
        assert [call.status for call in error.state.calls] == ["succeeded"]
        resumed = await run(
            tools.resume(error.state),
            chat_complete,
            client,
            model="m",
            messages=error.state.messages,
        )
    assert resumed.unwrap().text == "Sunny."
    assert len(resumed.unwrap().calls) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"n": 2}, "`n` must be 1 in a run"), ({"messages": 7}, "`messages` must be a sequence")],
)
async def test_invalid_arguments_are_an_error(changes: Any, message: str) -> None:
    """Nothing is sent."""
    error = await fail(says("Never said."), **changes)
    failure: object = error.failure
    assert isinstance(failure, InvalidRequestError)
    assert message in str(error)


async def test_tools_of_the_call_are_sent_beside_those_of_the_run() -> None:
    """Such as tools hosted by Mistral."""
    _, model = await run_script(says("Done."), others=[{"type": "web_search"}])
    assert [each["type"] for each in model.bodies[0]["tools"]] == ["web_search", "function"]


# Where tools run

request_id: ContextVar[str] = ContextVar("request_id", default="none")


async def test_plain_function_runs_in_a_thread_with_the_context_of_the_caller() -> None:
    """It must not block the event loop."""
    main = threading.current_thread()

    def look() -> str:
        assert threading.current_thread() is not main
        return request_id.get()

    token = request_id.set("r-1")
    finished = await finish(calls(("look", {})), says("Done."), tools=Tools(look))
    request_id.reset(token)
    assert finished.calls[0].output == "r-1"


async def test_threads_of_tools_are_not_those_of_the_loop() -> None:
    """The default executor resolves host names, and may be full."""
    release = threading.Event()
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as pool:
        loop.set_default_executor(pool)
        blocked = loop.run_in_executor(None, release.wait)
        script = calls(*[("get_weather", {"city": "Paris"})] * 20), says("Done.")
        finished = await finish(*script)
        release.set()
        await blocked
    assert {call.output for call in finished.calls} == {"Sunny in Paris"}


async def test_function_can_stay_on_the_thread_of_the_loop() -> None:
    """By an option."""
    main = threading.current_thread()

    @tool(thread=False)
    def look() -> str:
        assert threading.current_thread() is main
        return "here"

    finished = await finish(calls(("look", {})), says("Done."), tools=Tools(look))
    assert finished.calls[0].output == "here"


async def test_tool_can_read_its_call() -> None:
    """So that it can refuse to act twice."""

    def look() -> str:
        call = current_call()
        return f"{call.run_id} {call.id} {call.name}"

    finished = await finish(calls(("look", {})), says("Done."), tools=Tools(look))
    assert finished.calls[0].output == f"{finished.state.id} call00000 look"
    with pytest.raises(LookupError):
        current_call()


async def test_tool_can_have_its_own_time_limit() -> None:
    """It replaces that of the run."""

    @tool(timeout=0.01)
    async def hang() -> str:
        await asyncio.Event().wait()
        return ""

    finished = await finish(calls(("hang", {})), says("Done."), tools=Tools(hang, timeout=None))
    assert finished.calls[0].status == "timed_out"


class Source:
    """Tools that may change."""

    def __init__(self, *tools: Any) -> None:
        """Start with some tools."""
        self.tools = [*tools]

    def current_tools(self) -> list[Any]:
        """Return the tools that are available now."""
        return self.tools


async def test_tools_may_change_during_a_run() -> None:
    """Sources are read before each turn."""
    source = Source(tool(get_weather))

    def learn() -> str:
        async def forecast() -> str:
            return "Rain"

        source.tools.append(tool(forecast))
        return "learned"

    script = calls(("learn", {})), calls(("forecast", {})), says("Done.")
    result, model = await run_script(*script, tools=Tools(learn, source, confirm=["later"]))
    assert result.unwrap().calls[1].output == "Rain"
    names = [[each["function"]["name"] for each in body["tools"]] for body in model.bodies]
    assert names == [["learn", "get_weather"]] + 2 * [["learn", "get_weather", "forecast"]]


async def test_sources_with_the_same_names_end_the_run() -> None:
    """The model could not distinguish the tools."""
    source = Source()

    async def add() -> str:
        source.tools = [tool(get_weather)]
        return "added"

    tools = Tools(get_weather, add, source)
    error = await fail(calls(("add", {})), says("Never said."), tools=tools)
    assert error.reason == "tools"
    assert str(error) == "Two tools have the same name: get_weather"
    error = await fail(says("Never said."), tools=tools)
    assert "Two tools have the same name" in str(error)
    assert isinstance(error.failure, InvalidRequestError)


def variadic(*cities: str) -> str:
    """A function that cannot be a tool."""
    return str(cities)


@pytest.mark.parametrize(
    ("arguments", "options", "kind", "message"),
    [
        ((get_weather, get_weather), {}, ValueError, "Two tools have the same name: get_weather"),
        ((variadic,), {}, TypeError, "cities"),
        ((get_weather,), {"max_turns": 0}, ValueError, "`max_turns` must be at least 1"),
        ((get_weather,), {"max_failed_turns": 0}, ValueError, "`max_failed_turns` must be"),
        ((get_weather,), {"timeout": 0}, ValueError, "`timeout` must be positive"),
        ((get_weather,), {"on_error": "raise"}, ValueError, "`on_error` must be"),
        ((get_weather,), {"confirm": [Source()]}, TypeError, "not sources of tools"),
        ((get_weather,), {"confirm": ["get_wether"]}, ValueError, "no tool of the run: get_wether"),
    ],
)
def test_invalid_tools_are_refused_when_they_are_collected(
    arguments: Any, options: Any, kind: type[Exception], message: str
) -> None:
    """Before anything is sent."""
    with pytest.raises(kind, match=message):
        Tools(*arguments, **options)


# Cancellation


async def test_cancellation_stops_tools_and_updates_the_state() -> None:
    """Running calls are not reported as unstarted, or the other way round."""
    started = asyncio.Event()
    seen = asyncio.Event()
    states: list[Any] = []

    def on_state(state: Any) -> None:
        states.append(state)
        if state.calls and state.calls[0].status == "succeeded":
            seen.set()

    async def hang() -> str:
        started.set()
        await asyncio.Event().wait()
        return ""

    @tool(confirm=True)
    async def send() -> str:
        return "sent"

    script = calls(("get_weather", {"city": "Paris"}), ("hang", {}), ("send", {}))
    tools = Tools(get_weather, hang, send, on_state=on_state)
    task = asyncio.create_task(run_script(script, tools=tools))
    async with asyncio.timeout(10):
        await started.wait()
        await seen.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(asyncio.all_tasks()) == 1
    contents = [getattr(message, "content", None) for message in states[-1].messages[-4:]]
    assert contents == [
        "Sunny in Paris",
        "Error: cancelled while running. It may have had effects.",
        "Error: not run, because the call was not confirmed.",
        "(The run stopped here: it was cancelled.)",
    ]


async def test_cancelled_error_of_a_tool_cancels_the_run() -> None:
    """It is not a failure of the tool."""

    async def cancel() -> str:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await run_script(calls(("cancel", {})), tools=Tools(cancel))


async def test_error_of_on_state_does_not_affect_the_run(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged."""

    def raise_always(_: object) -> None:
        raise OSError("disk full")

    finished = await finish(says("Done."), tools=Tools(on_state=raise_always))
    assert finished.text == "Done."
    assert "Ignored an error that `on_state` raised" in caplog.text


def _role(message: Any) -> str:
    return str(getattr(message, "role", None) or message["role"])


# Unusual responses

CHOICES: Mapping[str, tuple[list[Any], list[str]]] = {
    "no choices": ([], ["(no response)"]),
    "a choice without a message": ([{"index": 0}], ["(no response)"]),
    "an empty message": ([{"message": {"role": "assistant", "content": ""}}], ["(no response)"]),
    "several messages": (
        [
            {
                "messages": [
                    {"role": "assistant", "content": "One."},
                    {"role": "tool", "content": "done at the server"},
                    {"role": "assistant", "content": "Two."},
                ]
            }
        ],
        ["One.", "Two."],
    ),
}


@pytest.mark.parametrize("case", CHOICES)
async def test_unusual_response_leaves_messages_that_can_be_sent(case: str) -> None:
    """The API rejects empty messages."""
    choices, contents = CHOICES[case]
    finished = await finish(json_response({"id": "c", "model": "m", "choices": choices}))
    messages: list[Any] = finished.messages[1:]
    assert [message.content for message in messages] == contents


async def test_thinking_beside_a_call_becomes_a_separate_message() -> None:
    """Like text, because many models refuse content and calls in one message."""
    turn = calls(("get_weather", {"city": "Paris"}))
    turn["content"] = [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}]
    result, model = await run_script(turn, says("Sunny."))
    assert result.unwrap().text == "Sunny."
    _, thought, call, output = model.bodies[1]["messages"]
    assert (thought["role"], thought["content"][0]["type"]) == ("assistant", "thinking")
    assert "tool_calls" not in thought
    assert (call["role"], call.get("content")) == ("assistant", None)
    assert output["role"] == "tool"


async def test_arguments_may_be_an_object() -> None:
    """Some servers decode them."""
    script = calls(("get_weather", {"city": "Paris"})), says("Done.")
    script[0]["tool_calls"][0]["function"]["arguments"] = {"city": "Oslo"}
    assert (await finish(*script)).calls[0].output == "Sunny in Oslo"
