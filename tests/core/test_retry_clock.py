"""Retries on a simulated clock: how long they pause, and when the last request may start."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest import mock

import attrs
import pytest
from hypothesis import given, strategies as st

from mistral_core import Headers, Response, RetryConfig, SDKError
from mistral_core.pipeline import retry
from mistral_core.pipeline.retry import Outcome, RetryPolicy

T = TypeVar("T")

GOOD = Response(200)
BUSY = SDKError("x", 503)


def asks(seconds: float) -> SDKError:
    """Return an error with a `Retry-After` header."""
    return SDKError("x", 503, headers=Headers([("retry-after", f"{seconds:.3f}")]))


@attrs.define
class World:
    """A simulated clock, and a server whose responses take some time."""

    outcomes: Sequence[Outcome]
    takes: float = 0.0
    now: float = 1000.0
    sent: list[float] = attrs.field(factory=list[float])
    slept: list[float] = attrs.field(factory=list[float])

    async def send(self) -> Outcome:
        """Return the next response after its time has passed."""
        self.sent.append(self.now)
        self.now += self.takes
        return self.outcomes[len(self.sent) - 1]

    async def sleep(self, seconds: float) -> None:
        """Advance the clock."""
        self.slept.append(seconds)
        self.now += seconds

    async def _run(self, policy: RetryPolicy) -> Outcome:
        return await retry.settle(await self.send(), self.send, policy)

    def settle(
        self, config: RetryConfig, *, idempotent: bool = True, within: float = 1e9
    ) -> Outcome:
        """Run a call to its end without real pauses."""
        policy = RetryPolicy(
            config=config, idempotent=idempotent, started=self.now, deadline_at=self.now + within
        )
        clock = SimpleNamespace(monotonic=lambda: self.now)
        with (
            mock.patch.object(retry, "time", clock),
            mock.patch.object(asyncio, "sleep", self.sleep),
        ):
            return finish(self._run(policy))


def finish(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits for anything real."""
    try:
        coroutine.send(None)
    except StopIteration as ended:
        value: T = ended.value
        return value
    raise AssertionError("it waited for something")


def test_pauses_grow_exponentially() -> None:
    """From the first interval on. Up to half of each is left out at random."""
    world = World([BUSY] * 4 + [GOOD])
    config = RetryConfig(initial_interval=1, exponent=2, max_interval=3)
    assert world.settle(config) is GOOD
    assert len(world.sent) == 5
    for pause, longest in zip(world.slept, (1, 2, 3, 3), strict=True):
        assert longest / 2 <= pause <= longest


def test_the_requested_pause_is_kept() -> None:
    """Even if it exceeds `max_interval`."""
    world = World([asks(90), asks(0.125), GOOD])
    config = RetryConfig(initial_interval=0.5, max_interval=0.5)
    assert world.settle(config) is GOOD
    first, second = world.slept
    assert 90 <= first <= 90.25
    assert 0.125 <= second <= 0.375


def test_a_pause_beyond_all_limits_ends_the_call_at_once() -> None:
    """An endless pause does not start."""
    never = SDKError("x", 503, headers=Headers([("retry-after", "9" * 400)]))
    world = World([never, GOOD])
    assert world.settle(RetryConfig()) is never
    assert world.slept == []


def test_there_is_no_needless_pause() -> None:
    """Neither after a success nor after the last attempt."""
    for outcomes in ([GOOD], [SDKError("x", 404)]):
        world = World([*outcomes, GOOD])
        world.settle(RetryConfig())
        assert (len(world.sent), world.slept) == (1, [])
    world = World([BUSY] * 9)
    assert world.settle(RetryConfig(max_tries=3)) is BUSY
    assert (len(world.sent), len(world.slept)) == (3, 2)


def test_a_post_that_may_have_run_is_sent_once() -> None:
    """A second one might be billed twice."""
    world = World([SDKError("x", 500), GOOD])
    world.settle(RetryConfig(), idempotent=False)
    assert len(world.sent) == 1


@given(
    outcomes=st.lists(
        st.just(BUSY) | st.builds(asks, st.floats(0, 50)) | st.just(GOOD), min_size=1, max_size=12
    ),
    takes=st.floats(0, 20),
    within=st.floats(0.1, 200),
    longest=st.floats(0, 100),
    tries=st.integers(1, 10),
)
def test_no_request_starts_beyond_a_limit(
    outcomes: list[Outcome], takes: float, within: float, longest: float, tries: int
) -> None:
    """Neither after the deadline, nor after `max_elapsed_time`, nor beyond `max_tries`."""
    world = World([*outcomes, GOOD], takes)
    started = world.now
    config = RetryConfig(max_elapsed_time=longest, max_tries=tries)
    last = world.settle(config, within=within)
    assert len(world.sent) <= tries
    assert len(world.slept) == len(world.sent) - 1
    for began in world.sent[1:]:
        assert began < started + within + 1e-6
        assert began <= started + longest + 1e-6
    assert [*outcomes, GOOD].index(GOOD) + 1 >= len(world.sent)
    assert last is [*outcomes, GOOD][len(world.sent) - 1]


async def test_many_calls_pause_at_the_same_time() -> None:
    """The retry function has no shared state."""
    config = RetryConfig(initial_interval=0.002, max_tries=3)

    async def call(failures: int) -> tuple[Outcome, int]:
        outcomes: list[Outcome] = [*[BUSY] * failures, GOOD]

        async def send() -> Outcome:
            await asyncio.sleep(0)
            return outcomes.pop(0)

        policy = RetryPolicy(config=config, idempotent=True, started=time.monotonic())
        settled = await retry.settle(await send(), send, policy)
        return settled, failures + 1 - len(outcomes)

    settled = await asyncio.gather(*(call(number % 4) for number in range(40)))
    assert settled == [((GOOD, GOOD, GOOD, BUSY)[n % 4], min(n % 4 + 1, 3)) for n in range(40)]


async def test_cancellation_in_an_attempt_is_raised() -> None:
    """It is not retried."""
    sent = 0

    async def send() -> Outcome:
        nonlocal sent
        sent += 1
        await asyncio.get_running_loop().create_future()
        return GOOD

    config = RetryConfig(initial_interval=0)
    policy = RetryPolicy(config=config, idempotent=True, started=time.monotonic())
    task = asyncio.create_task(retry.settle(BUSY, send, policy))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert sent == 1
