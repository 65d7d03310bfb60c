"""The recipes for runs, executed: the sandbox's model calls the tools that the user names."""

import json
from pathlib import Path

import pytest

from mistral_core import MistralCore
from mistral_funcs import beta_conversations_get_history
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import FunctionResultEntry, ToolExecutionEntry
from tests.recipes import confirmed_mail, support_agent, weather
from tests.runs.scripted_model import ScriptedModel, calls, says

QUESTION = "What is the weather in Paris?"


async def test_weather_with_two_tools() -> None:
    """The second call uses the result of the first, and a mistake is corrected."""
    place = {"latitude": 48.86, "longitude": 2.35}
    model = ScriptedModel(
        calls(("find_city", {"city": "Lutetia"})),
        calls(("find_city", {"city": "Paris"})),
        calls(("get_forecast", place)),
        says("About 18 °C."),
    )
    async with MistralCore(transport=model) as client:
        assert await weather.ask(client, QUESTION) == "About 18 °C."
    offered = [each["function"]["name"] for each in model.bodies[0]["tools"]]
    assert offered == ["find_city", "get_forecast"]
    results = [each["content"] for each in model.bodies[-1]["messages"] if each["role"] == "tool"]
    assert results[0] == "Error: Unknown city. Known cities: Paris, Rome"
    assert json.loads(results[1]) == place
    assert json.loads(results[2]) == {"temperature": pytest.approx(17.8, abs=0.1), "unit": "C"}


async def test_weather_in_the_sandbox() -> None:
    """The sandbox fills in the arguments."""
    async with MistralCore(transport=Sandbox()) as client:
        assert "Paris, Rome" in await weather.ask(client, "Use find_city: Paris is nice")


async def test_support_agent_over_a_library() -> None:
    """The server searches the library and the run looks up the order, in one conversation."""
    async with MistralCore(transport=Sandbox()) as client:
        agent_id = await support_agent.create_agent(client, b"# Lamps\nPress the button.")
        text, conversation_id = await support_agent.ask(client, agent_id, "Use find_order: A17")
        assert "shipped on Monday" in text
        text, same = await support_agent.ask(
            client, agent_id, "Use document_library: how are lamps switched on?", conversation_id
        )
        assert same == conversation_id
        history = (await beta_conversations_get_history(client, conversation_id)).unwrap()
    entries = history.entries
    assert [each.result for each in entries if isinstance(each, FunctionResultEntry)] == [
        "shipped on Monday"
    ]
    assert [each.name for each in entries if isinstance(each, ToolExecutionEntry)] == [
        "document_library"
    ]


@pytest.mark.parametrize("send", [True, False])
async def test_mail_is_sent_only_after_confirmation(tmp_path: Path, *, send: bool) -> None:
    """Once, although the state is used twice."""
    confirmed_mail.outbox.clear()
    file = tmp_path / "run.json"
    mail = {"to": "bob", "text": "Hello"}
    script = calls(("send_mail", mail)), says("Done.")
    async with MistralCore(transport=ScriptedModel(*script)) as client:
        asked = await confirmed_mail.ask(client, "Greet Bob.", file)
    assert asked == "Send this mail? {'to': 'bob', 'text': 'Hello'}"
    assert not confirmed_mail.outbox
    model = ScriptedModel(says("Done."))
    async with MistralCore(transport=model) as client:
        for _ in range(2):
            assert await confirmed_mail.decide(client, file, send=send) == "Done."
    assert [*confirmed_mail.outbox.values()] == (["bob: Hello"] if send else [])
    results = [body["messages"][-1]["content"] for body in model.bodies]
    assert results == (
        ["sent", "This mail was sent before."]
        if send
        else ["Error: the user rejected this call: The user does not want to send it."] * 2
    )


async def test_question_without_a_mail_is_answered_at_once(tmp_path: Path) -> None:
    """Nothing is saved."""
    file = tmp_path / "run.json"
    async with MistralCore(transport=ScriptedModel(says("Hello."))) as client:
        assert await confirmed_mail.ask(client, "Hello.", file) == "Hello."
    assert not file.exists()
