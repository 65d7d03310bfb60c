"""Many calls against a server in another process that closes, duplicates and delays at random."""

import asyncio
import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    MistralCore,
    Ok,
    Result,
    RetryConfig,
    SDKError,
)
from mistral_funcs import chat_complete, models_archive, models_retrieve

ROOT = Path(__file__).parents[2]
ONCE = RetryConfig(strategy="none")
WORKERS = 16


async def call(client: MistralCore, name: str, kind: int) -> Result[Any, Failure]:
    """Make one of three kinds of calls: a GET, a POST, a POST with a body."""
    if kind == 0:
        return await models_retrieve(client, name)
    if kind == 1:
        return await models_archive(client, name)
    return await chat_complete(client, model=name, messages=[{"role": "user", "content": "Hi"}])


async def work(url: str, calls: int, seed: int) -> dict[str, Result[Any, Failure]]:
    """Make calls from several tasks, with pauses in which connections are pooled."""
    results: dict[str, Result[Any, Failure]] = {}
    numbers = iter(range(calls))

    async def worker(client: MistralCore, chance: random.Random) -> None:
        for number in numbers:
            name = f"m{number}"
            results[name] = await call(client, name, number % 3)
            if chance.random() < 0.5:
                await asyncio.sleep(chance.random() * 0.006)

    async with MistralCore("key", server_url=url, retry_config=ONCE, timeout=30) as client:
        chances = [random.Random(f"{seed} {number}") for number in range(WORKERS)]  # noqa: S311
        await asyncio.gather(*(worker(client, chance) for chance in chances))
    return results


async def survive(calls: int, seed: int) -> None:
    """Check that each response belongs to its request, and that no POST was delivered twice.

    For up to 5 calls, or one in 1,000, unsolicited bytes may cross the request on the wire.
    """
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.random_server", str(seed)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    assert server.stdout is not None
    try:
        url = (await server.stdout.readline()).decode().strip()
        results = await work(url, calls, seed)
        report, _ = await asyncio.wait_for(server.communicate(b""), 30)
    except BaseException:
        server.kill()
        await server.wait()
        raise
    facts = json.loads(report)
    delivered, crossed = Counter[str](facts["delivered"]), set[str](facts["crossed"])
    foreign: list[str] = []
    timed_out = 0
    errors = Counter[str]()
    for number in range(calls):
        name = f"m{number}"
        match results[name]:
            case Ok(value):
                foreign += [] if value.id == name else [name]
                assert delivered[name] >= 1
            case Err(SDKError(status=408)):
                timed_out += 1
            case Err(error):
                assert isinstance(error, APIConnectionError)
                errors[str(error).partition(" broke: ")[2]] += 1
        assert delivered[name] <= 1 or number % 3 == 0, name
    assert crossed.issuperset(foreign)
    assert len(foreign) + timed_out <= 5 + calls / 1000
    assert errors.total() < 0.05 * calls, errors


async def test_hundreds_of_calls_get_their_own_responses() -> None:
    """A few hundred calls in each test run."""
    await survive(600, seed=5)


@pytest.mark.soak
async def test_a_hundred_thousand_calls_get_their_own_responses() -> None:
    """The same with 100,000 calls."""
    await survive(100_000, seed=7)
