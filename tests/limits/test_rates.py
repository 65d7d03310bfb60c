"""Many calls against servers that count in different ways, on a fast clock."""

import asyncio
import time
from collections import Counter

import pytest

from mistral_core import Err, Limit, Limits, MistralCore, Ok
from mistral_funcs import chat_complete
from tests.limits.counting_server import COUNTINGS, Counting, CountingServer
from tests.limits.fast_clock import run

MESSAGES = [{"role": "user", "content": "x"}]


async def ask(client: MistralCore, model: str = "m") -> bool:
    """Complete a chat, and say whether it worked."""
    result = await chat_complete(client, model=model, messages=MESSAGES)
    return isinstance(result, Ok)


def jain(shares: list[int]) -> float:
    """Return Jain's index of fairness: 1 if all shares are the same."""
    return sum(shares) ** 2 / (len(shares) * sum(share**2 for share in shares))


@pytest.mark.parametrize("counting", COUNTINGS)
def test_limit_that_is_set_is_used_and_never_exceeded(counting: Counting) -> None:
    """2,000 calls of 20 callers at 600 a minute: no 429, and each caller gets its share."""
    limits = Limits(Limit(requests_per_minute=600), learn=False)

    async def main() -> tuple[CountingServer, list[int], float]:
        server = CountingServer(counting)
        client = MistralCore(transport=server, limits=limits, timeout=3600)
        shares = Counter[int]()
        started = time.monotonic()

        async def caller(number: int) -> None:
            while sum(shares.values()) < 2000:
                shares[number] += 1
                assert await ask(client)

        await asyncio.gather(*map(caller, range(20)))
        return server, [*shares.values()], time.monotonic() - started

    server, shares, elapsed = run(main)
    assert server.refused == 0
    assert len(server.accepted) >= 2000
    assert jain(shares) > 0.99
    # The last 200 of them start after three complete windows.
    print(counting, elapsed, 180 / elapsed)
    assert 180 / elapsed > 0.98
