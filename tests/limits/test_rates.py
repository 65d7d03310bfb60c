"""Rate limits with many calls, against servers that count in different ways, on a fast clock."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from mistral_core import Limit, Limits, MistralCore, Ok
from mistral_funcs import chat_complete
from tests.limits.counting_server import COUNTINGS, Counting, CountingServer
from tests.limits.fast_clock import run

T = TypeVar("T")

MESSAGES = [{"role": "user", "content": "x"}]


async def ask(client: MistralCore, model: str = "m") -> bool:
    """Complete a chat, and return whether it succeeded."""
    result = await chat_complete(client, model=model, messages=MESSAGES)
    return isinstance(result, Ok)


def ask_many(server: Callable[[], CountingServer], limits: Limits, *models: str) -> CountingServer:
    """Complete a chat with each model at once. All must succeed."""

    async def main() -> CountingServer:
        used = server()
        client = MistralCore(transport=used, limits=limits, timeout=3600)
        assert all(await asyncio.gather(*(ask(client, model) for model in models)))
        return used

    return run(main)


def moments(server: CountingServer, model: str = "m") -> list[float]:
    """Return the arrival times of a model's requests, in seconds from the first."""
    times = sorted(moment for moment, name in server.accepted if name == model)
    return [moment - times[0] for moment in times]


def jain(shares: list[int]) -> float:
    """Return Jain's fairness index: 1 if all shares are equal."""
    return sum(shares) ** 2 / (len(shares) * sum(share**2 for share in shares))


@pytest.mark.parametrize("counting", COUNTINGS)
def test_configured_limit_is_used_and_never_exceeded(counting: Counting) -> None:
    """2,000 calls by 20 callers at 600 a minute have no 429, and equal shares."""

    async def main() -> tuple[CountingServer, list[int]]:
        server = CountingServer(counting)
        limits = Limits(Limit(requests_per_minute=600), learn=False)
        client = MistralCore(transport=server, limits=limits, timeout=3600)
        shares = Counter[int]()

        async def caller(number: int) -> None:
            while sum(shares.values()) < 2000:
                shares[number] += 1
                assert await ask(client)

        await asyncio.gather(*map(caller, range(20)))
        return server, [*shares.values()]

    server, shares = run(main)
    assert server.refused == 0
    assert jain(shares) > 0.99
    # The first of the last 200 can be sent after three minutes, and not earlier.
    assert 180 <= moments(server)[1800] < 180 / 0.98


@pytest.mark.parametrize("counting", COUNTINGS)
def test_reported_limit_is_learned_from_the_first_response(
    counting: Counting,
) -> None:
    """Until then one request is in flight, so that none is refused."""
    server = ask_many(lambda: CountingServer(counting, reports=True), Limits(), *["m"] * 1300)
    assert server.refused == 0
    assert 120 <= moments(server)[1200] < 120 / 0.98


@pytest.mark.parametrize(("counting", "refused"), [("fixed window", 100), ("token bucket", 250)])
def test_unreported_limit_costs_few_refusals(counting: Counting, refused: int) -> None:
    """All calls are held back together."""
    server = ask_many(lambda: CountingServer(counting, 20, 2), Limits(max_pause=1), *["m"] * 80)
    assert len(server.accepted) == 80
    assert 0 < server.refused < refused


@pytest.mark.parametrize(
    ("limit", "calls", "seconds"),
    [
        (Limit(requests_per_second=5), 20, 3.0),
        (Limit(requests_per_second=1), 5, 4.0),
        (Limit(requests_per_second=0.08), 4, 37.5),
        (Limit(requests_per_minute=30), 61, 120.0),
        (Limit(requests_per_minute=0.5), 2, 120.0),
        (Limit(requests_per_second=2, requests_per_minute=4), 8, 60.5),
        (Limit(concurrency=1), 3, 0.0),
    ],
    ids=str,
)
def test_rates_may_be_high_or_low(limit: Limit, calls: int, seconds: float) -> None:
    """20 requests at 5 a second take 3 s, because the first five are sent at once."""
    server = ask_many(lambda: CountingServer(latency=0), Limits(limit), *["m"] * calls)
    assert seconds <= moments(server)[-1] <= seconds * 1.02 + 0.1


@pytest.mark.parametrize("counting", COUNTINGS)
@pytest.mark.parametrize("pause", [15, 45, 75])
def test_burst_after_a_pause_is_within_the_allowance(counting: Counting, pause: float) -> None:
    """A client-side bucket would send as much again as was refilled meanwhile."""

    async def main() -> CountingServer:
        server = CountingServer(counting, 60)
        limits = Limits(Limit(requests_per_minute=60), learn=False)
        client = MistralCore(transport=server, limits=limits)
        for _ in range(3):
            assert all(await asyncio.gather(*(ask(client) for _ in range(45))))
            await asyncio.sleep(pause)
        return server

    assert run(main).refused == 0


def test_each_model_has_its_own_queue() -> None:
    """A long wait for one does not delay another. A model uses its configured limit."""
    limits = Limits(Limit(requests_per_minute=1), models={"fast": Limit(requests_per_second=50)})
    models = [*["slow"] * 3, *["fast"] * 20, "other"]
    server = ask_many(lambda: CountingServer(latency=0), limits, *models)
    assert moments(server, "slow")[-1] > 120
    assert moments(server, "fast")[-1] < 1
    assert {model for _, model in server.accepted[:20]} == {"slow", "fast"}


def test_all_models_can_share_one_limit() -> None:
    """Such as behind a gateway with its own limit."""
    limits = Limits(Limit(requests_per_minute=2), per_model=False)
    server = ask_many(lambda: CountingServer(latency=0), limits, "a", "b", "c")
    assert server.accepted[2][0] - server.accepted[0][0] > 60


def test_reported_usage_of_other_clients_counts() -> None:
    """Such as that of a process that has just restarted."""

    async def main() -> CountingServer:
        server = CountingServer(allowance=10, reports=True, latency=0.01)
        before = MistralCore(transport=server)
        await asyncio.gather(*(ask(before) for _ in range(6)))
        client = MistralCore(transport=server, limits=Limits(), timeout=3600)
        assert all(await asyncio.gather(*(ask(client) for _ in range(15))))
        return server

    assert run(main).refused == 0


@pytest.mark.parametrize(
    ("limit", "reported", "used"),
    [(10, 600, False), (600, 10, True), (None, 10, True), (10, None, False)],
)
def test_the_lower_limit_applies(limit: float | None, reported: int | None, *, used: bool) -> None:
    """Of the user's and the server's. A remaining count belongs to the server's own limit."""
    limits = Limits(Limit(requests_per_minute=limit))
    server = ask_many(
        lambda: CountingServer(allowance=reported or 600, reports=reported is not None),
        limits,
        *["m"] * 11,
    )
    assert 60 < moments(server)[-1] < 62
    assert used == (reported == 10)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"requests_per_second": 0}, "`requests_per_second` must be positive"),
        ({"tokens_per_minute": float("inf")}, "must be positive and finite"),
        ({"concurrency": 0}, "concurrency"),
    ],
)
def test_invalid_limit_is_an_error(arguments: dict[str, Any], message: str) -> None:
    """Nothing is sent."""
    with pytest.raises(ValueError, match=message):
        Limit(**arguments)


def test_invalid_limits_are_an_error() -> None:
    """Each with its reason."""
    message = "must be non-negative and finite"
    with pytest.raises(ValueError, match=message):
        Limits(margin=-1)
    with pytest.raises(ValueError, match=message):
        Limits(max_pause=float("inf"))
    with pytest.raises(ValueError, match="cannot be combined"):
        Limits(models={"m": Limit()}, per_model=False)
