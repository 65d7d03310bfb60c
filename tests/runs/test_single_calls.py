"""Single tool calls without a run, for protocols with one call at a time."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from mistral_funcs import ToolError, Tools, call_tool, current_call, tool
from mistral_funcs.schemas import ImageURLChunk, TextChunk
from mistral_funcs.toolkit.tools.runnable import ToolOutput


def get_weather(city: str = "Rome") -> str:
    """Return the weather in a city."""
    return f"Sunny in {city}"


def refuse() -> str:
    """Refuse."""
    raise ToolError("Ask for something else.")


def break_down() -> str:
    """Fail with a secret."""
    raise ValueError("hunter2")


def draw() -> ToolOutput:
    """Return text and an image."""
    return [TextChunk(text="A cat:"), ImageURLChunk(image_url="https://a.example/cat.png")]


async def wait() -> str:
    """Wait indefinitely."""
    await asyncio.Event().wait()
    return ""


@pytest.mark.parametrize(
    ("name", "arguments", "status", "text"),
    [
        ("get_weather", {"city": "Paris"}, "succeeded", "Sunny in Paris"),
        ("get_weather", '{"city": "Paris"}', "succeeded", "Sunny in Paris"),
        ("get_weather", "  ", "succeeded", "Sunny in Rome"),
        ("get_weather", None, "succeeded", "Sunny in Rome"),
        ("draw", {}, "succeeded", "A cat:\n[image_url]"),
        ("get_weather", "{", "failed", "Error: the arguments are not valid JSON"),
        ("get_weather", ["Paris"], "failed", 'must be a JSON object, got: ["Paris"]'),
        ("get_weather", {"town": "Paris"}, "failed", "`town` is not a parameter"),
        ("get_snow", {}, "failed", "there is no tool named `get_snow`"),
        ("refuse", {}, "failed", "Error: Ask for something else."),
        ("break_down", {}, "failed", "Error: the tool raised an unexpected ValueError."),
        ("wait", {}, "timed_out", "Error: no result within 0.001 s."),
    ],
)
async def test_a_call_ends_as_in_a_run(name: str, arguments: Any, status: str, text: str) -> None:
    """With a status, and text for the model without secrets."""
    tools = Tools(get_weather, refuse, break_down, draw, tool(wait, timeout=0.001))
    call = await call_tool(tools, name, arguments)
    assert (call.name, call.status) == (name, status)
    assert text in call.text
    assert "hunter2" not in call.text


async def test_a_call_that_requires_confirmation_is_not_run() -> None:
    """Unless the user has approved it."""
    called: list[str] = []
    tools = Tools(tool(lambda: None, name="other"), tool(called.clear, name="clear", confirm=True))
    called.append("before")
    held = await call_tool(tools, "clear", {})
    assert (held.status, held.text, called) == ("pending", "", ["before"])
    approved = await call_tool(tools, "clear", {}, approved=True)
    assert (approved.status, called) == ("succeeded", [])


async def test_a_cancelled_call_is_cancelled() -> None:
    """It is not reported as failed."""
    calling = asyncio.create_task(call_tool(Tools(wait), "wait", None))
    await asyncio.sleep(0)
    calling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await calling


async def test_each_call_has_its_own_ids() -> None:
    """A tool can read them, as in a run."""
    seen: list[tuple[str, str]] = []

    async def look() -> Mapping[str, str]:
        """Record the IDs of the call."""
        seen.append((current_call().run_id, current_call().id))
        return {"name": current_call().name}

    tools = Tools(look)
    calls = await asyncio.gather(*(call_tool(tools, "look", {}) for _ in range(3)))
    assert [call.text for call in calls] == ['{"name": "look"}'] * 3
    assert {call.id for call in calls} == {each for _, each in seen}
    assert len({*seen}) == 3
