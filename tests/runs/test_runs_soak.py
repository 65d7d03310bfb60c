"""A thousand concurrent runs: none is lost, nothing leaks, and memory does not grow."""

import asyncio
import gc
import json
import random
import time
import tracemalloc
from typing import Any

import pytest

from mistral_core import MistralCore, Request, Response
from mistral_funcs import RunState, Tools, chat_complete, run
from tests.runs.scripted_model import calls, complete, says

RUNS = 1_000


class ThreeTurns:
    """A transport with a model that calls both tools in two turns, and then responds.

    It reads the progress of a run from its messages, so any number of runs share it.
    """

    api_key = "key"

    async def send(self, request: Request) -> Response:
        """Respond with the next turn of the run that the request belongs to."""
        await asyncio.sleep(0.001 * random.random())  # noqa: S311
        body = request.body
        assert isinstance(body, bytes)
        messages: list[dict[str, Any]] = json.loads(body)["messages"]
        user = messages[0]["content"]
        turn = sum(message["role"] == "assistant" for message in messages)
        if turn == 2:
            results = [each["content"] for each in messages if each["role"] == "tool"]
            return complete(says(f"{user}: {' '.join(results)}"))
        ids: list[str | None] = [f"weather{turn:02}", f"traffic{turn:02}"]
        arguments = {"user": user, "turn": turn}
        return complete(calls(("weather", arguments), ("traffic", arguments), ids=ids))

    async def aclose(self) -> None:
        """Do nothing: there are no connections."""


class Work:
    """Two tools that count their running calls."""

    def __init__(self) -> None:
        """Start without calls."""
        self.running = 0
        self.ended = 0

    async def _work(self) -> None:
        self.running += 1
        try:
            await asyncio.sleep(0.005 * random.random())  # noqa: S311
            self.ended += 1
        finally:
            self.running -= 1

    async def weather(self, user: str, turn: int) -> str:
        """Return the weather."""
        await self._work()
        return f"weather-{user}-{turn}"

    async def traffic(self, user: str, turn: int) -> str:
        """Return the traffic."""
        await self._work()
        return f"traffic-{user}-{turn}"


async def ask(client: MistralCore, tools: Tools, user: str) -> str:
    """Run three turns, and return the final text."""
    messages = [{"role": "user", "content": user}]
    result = await run(tools, chat_complete, client, model="m", messages=messages)
    finished = result.unwrap()
    assert len(finished.calls) == 4
    assert finished.usage.total_tokens == 15
    return finished.text


def expected(user: str) -> str:
    """Return the expected final text of a run, with the results of its own calls in order."""
    results = (f"{name}-{user}-{turn}" for turn in (0, 1) for name in ("weather", "traffic"))
    return f"{user}: {' '.join(results)}"


@pytest.mark.soak
async def test_a_thousand_runs_at_once() -> None:
    """Each run has its own results. The third round needs no more memory."""
    work = Work()
    tools = Tools(work.weather, work.traffic)
    users = [f"u{number}" for number in range(RUNS)]
    after: list[int] = []
    seconds: list[float] = []
    tracemalloc.start()
    try:
        async with MistralCore(transport=ThreeTurns()) as client:
            for _ in range(3):
                started = time.monotonic()
                texts = await asyncio.gather(*(ask(client, tools, user) for user in users))
                seconds.append(time.monotonic() - started)
                assert texts == [expected(user) for user in users]
                assert len(asyncio.all_tasks()) == 1
                del texts
                gc.collect()
                after.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert (work.running, work.ended) == (0, 3 * RUNS * 4)
    assert after[2] - after[0] < 500_000, after
    print("bytes after each round:", after, "seconds:", seconds)  # noqa: T201 - a figure for the log of the soak


@pytest.mark.soak
async def test_half_of_a_thousand_runs_are_cancelled_at_random_moments() -> None:
    """No tool keeps running, no task is left, and the other runs are unaffected."""
    work = Work()
    users = [f"u{number}" for number in range(RUNS)]
    tasks: dict[str, asyncio.Task[str]] = {}
    states: dict[str, RunState] = {}
    accepted: dict[str, bool] = {}
    loop = asyncio.get_running_loop()

    def cancel(user: str) -> None:
        accepted[user] = tasks[user].cancel()

    def halted(user: str) -> Tools:
        """Return tools that cancel a run after some of its about 13 steps."""
        steps = iter(range(random.randint(1, 8), 0, -1))  # noqa: S311

        def on_state(state: RunState) -> None:
            states[user] = state
            if next(steps, 0) == 1:
                loop.call_later(0.002 * random.random(), cancel, user)  # noqa: S311

        return Tools(work.weather, work.traffic, on_state=on_state)

    others = Tools(work.weather, work.traffic)
    async with MistralCore(transport=ThreeTurns()) as client:
        for number, user in enumerate(users):
            tools = others if number % 2 else halted(user)
            tasks[user] = asyncio.create_task(ask(client, tools, user))
        results = await asyncio.gather(*tasks.values(), return_exceptions=True)
    assert work.running == 0
    assert len(asyncio.all_tasks()) == 1
    lost = {user for user in users if tasks[user].cancelled()}
    assert lost == {user for user, still_running in accepted.items() if still_running}
    assert lost
    for user, result in zip(users, results, strict=True):
        if user in lost:
            assert states[user].stopped == "it was cancelled"
            assert all(call.status != "running" for call in states[user].calls)
        else:
            assert result == expected(user)
    print("cancelled:", len(lost))  # noqa: T201 - a figure for the log of the soak
