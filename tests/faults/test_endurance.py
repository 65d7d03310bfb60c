"""Many calls against a server that fails at random: no call is lost, doubled or mixed up."""

import asyncio
import json
import random
import resource
from collections import Counter

import pytest

from mistral_core import APIConnectionError, Err, MistralCore, Ok, RetryConfig, SDKError, Timeout
from mistral_funcs import models_archive, models_list, models_retrieve
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import BaseModelCard
from tests.client.raw_server import read_request
from tests.faults.fault_server import Behaviour, http, misbehaving, reset

BUSY = http(b"{}", "Connection: close", status="503 Busy")
REFUSED = http(b"{}", "Retry-After: 0", status="429 Too Many")
BAD_GATEWAY = http(b"{}", status="502 Bad Gateway")
FATES = {0.04: REFUSED, 0.08: BAD_GATEWAY, 0.12: None, 0.16: http()[:20], 0.20: BUSY}
"""Thresholds of random numbers, each with the response below it. `None` is a reset."""


def failing_at_times(delivered: Counter[str]) -> Behaviour:
    """Return a server behavior that fails one in five requests, and counts the processed ones."""
    chance = random.Random(11)  # noqa: S311

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            method, path = (await read_request(reader)).decode().split()[:2]
            model_id = path.split("/")[4 if method == "POST" else 3]
            good = http(json.dumps({"id": model_id}).encode())
            luck = chance.random()
            fate = next((fate for limit, fate in FATES.items() if luck < limit), good)
            if method == "POST" and fate is not REFUSED:
                delivered[model_id] += 1
            if fate is None:
                reset(writer)
                return
            writer.write(fate)
            await writer.drain()
            if fate not in (good, REFUSED, BAD_GATEWAY):
                return

    return behave


async def endure(calls: int) -> None:
    """Make many concurrent calls, half of them POST, and check their outcomes."""
    room = asyncio.Semaphore(50)

    async def call(client: MistralCore, number: int) -> bool:
        async with room:
            if number % 2 == 0:
                card = (await models_retrieve(client, f"m{number}")).unwrap()
                assert isinstance(card, BaseModelCard)
                assert card.id == f"m{number}"
                return True
            match await models_archive(client, f"m{number}"):
                case Ok(archived):
                    assert archived.id == f"m{number}"
                    return True
                case Err(error):
                    assert isinstance(error, SDKError | APIConnectionError)
                    return False

    delivered: Counter[str] = Counter()
    async with (
        misbehaving(failing_at_times(delivered)) as (url, _),
        MistralCore(
            "key",
            server_url=url,
            retry_config=RetryConfig(initial_interval=0.001, max_tries=20),
            timeout=Timeout(total=5),
            max_connections=20,
        ) as client,
    ):
        succeeded = await asyncio.gather(*(call(client, number) for number in range(calls)))
    assert set(delivered.values()) == {1}
    assert sum(succeeded) > 0.85 * calls  # Half are POSTs, of which one in five may fail.


async def test_a_server_that_fails_one_in_five() -> None:
    """No POST is delivered twice, and every response belongs to its call."""
    await endure(600)


@pytest.mark.soak
async def test_a_server_that_fails_one_in_five_for_long() -> None:
    """The same with 10,000 calls."""
    await endure(10_000)


@pytest.mark.soak
async def test_memory_stays_flat() -> None:
    """During 200,000 calls over loopback."""
    sandbox = Sandbox()
    async with sandbox.serve() as url, MistralCore(sandbox.api_key, server_url=url) as client:
        after: list[int] = []
        for _ in range(10):
            for _ in range(200):
                results = await asyncio.gather(
                    *(models_list(client, model="x") for _ in range(100))
                )
                assert not any(isinstance(result, Err) for result in results)
                sandbox.requests.clear()
            after.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    assert after[-1] - after[1] < 2_000, after
