"""Deadlines interrupt their own call, and share one timer per event loop."""

import asyncio
import gc
import random
import time
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from mistral_core import InvalidRequestError
from mistral_core.runtime.deadline import Deadline


async def test_a_call_that_takes_too_long_is_interrupted() -> None:
    """With a `TimeoutError`. The task itself continues."""
    started = time.monotonic()
    deadline = Deadline(0.05)
    with pytest.raises(TimeoutError), deadline:
        await asyncio.sleep(5)
    assert 0.05 <= time.monotonic() - started < 0.25
    assert deadline.expired
    await asyncio.sleep(0)


@pytest.mark.parametrize("seconds", [0, -1])
async def test_an_expired_deadline_interrupts_immediately(seconds: float) -> None:
    """At the next `await`."""
    with pytest.raises(TimeoutError), Deadline(seconds):
        await asyncio.sleep(5)


@pytest.mark.parametrize("seconds", [None, 0.05])
async def test_a_call_that_ends_in_time_is_not_interrupted(seconds: float | None) -> None:
    """Not even when the deadline expires later."""
    with Deadline(seconds) as deadline:
        await asyncio.sleep(0)
    await asyncio.sleep(0.1)
    assert not deadline.expired


async def test_elapsed_time_is_measured() -> None:
    """Only with a deadline."""
    with Deadline(5) as deadline, Deadline(None) as no_deadline:
        await asyncio.sleep(0.05)
    assert 0.04 < deadline.elapsed() < 0.5
    assert no_deadline.elapsed() == 0


async def test_an_exception_is_raised_unchanged() -> None:
    """Within the deadline."""
    with pytest.raises(KeyError), Deadline(5):
        raise KeyError


async def test_an_exception_after_the_interruption_is_raised_unchanged() -> None:
    """`expired` shows that the deadline caused it."""
    deadline = Deadline(0.01)

    async def sleep() -> None:
        try:
            await asyncio.sleep(5)
        except asyncio.CancelledError:
            raise KeyError from None

    with pytest.raises(KeyError), deadline:
        await sleep()
    assert deadline.expired
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0


async def test_cancellation_is_not_a_timeout() -> None:
    """Not even if both happen at the same moment."""

    async def call(seconds: float) -> None:
        with Deadline(seconds):
            await asyncio.sleep(5)

    early = asyncio.create_task(call(5))
    late = asyncio.create_task(call(0.02))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(0.02, late.cancel)
    time.sleep(0.04)  # noqa: ASYNC251 - both are due when the event loop runs again
    early.cancel()
    for task in (early, late):
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_nested_deadlines_are_independent() -> None:
    """Also within `asyncio.wait_for`."""

    async def calls() -> None:
        with pytest.raises(TimeoutError), Deadline(0.01):
            await asyncio.sleep(5)
        with Deadline(5):
            await asyncio.sleep(5)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(calls(), 0.1)


async def test_many_deadlines_expire_at_their_own_time() -> None:
    """In any order, even if some calls end before."""

    async def call(seconds: float, *, works: bool) -> float | None:
        started = time.monotonic()
        try:
            with Deadline(seconds):
                await asyncio.sleep(0 if works else 5)
        except TimeoutError:
            return time.monotonic() - started - seconds
        return None

    choice = random.Random(1)  # noqa: S311
    limits = [choice.uniform(0.05, 0.4) for _ in range(300)]
    late = await asyncio.gather(
        *(call(limit, works=number % 3 == 0) for number, limit in enumerate(limits))
    )
    assert late[::3] == [None] * 100
    assert all(each is not None and 0 <= each < 0.3 for each in late[1::3] + late[2::3])


async def test_a_thousand_calls_set_one_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only an earlier deadline sets another one."""
    loop = asyncio.get_running_loop()
    call_at, timers = loop.call_at, list[float]()

    def counted(when: float, callback: Callable[..., object], *args: Any, **kwargs: Any) -> Any:
        timers.append(when)
        return call_at(when, callback, *args, **kwargs)

    monkeypatch.setattr(loop, "call_at", counted)
    for _ in range(1000):
        with Deadline(600):
            await asyncio.sleep(0)
    assert len(timers) == 1
    with Deadline(60):
        await asyncio.sleep(0)
    assert len(timers) == 2


def test_a_closed_event_loop_is_not_kept_alive() -> None:
    """Even if its timer was pending: a worker may use a loop per task."""
    ended: list[weakref.ref[asyncio.AbstractEventLoop]] = []

    async def call() -> None:
        ended.append(weakref.ref(asyncio.get_running_loop()))
        with Deadline(600):
            await asyncio.sleep(0)

    asyncio.run(call())
    gc.collect()
    assert ended[0]() is None


async def test_a_deadline_requires_a_task() -> None:
    """The error says so."""
    said = asyncio.get_running_loop().create_future()

    def begin() -> None:
        try:
            Deadline(1).__enter__()
        except InvalidRequestError as error:
            said.set_result(str(error))

    asyncio.get_running_loop().call_soon(begin)
    assert (await said).startswith("No asyncio task is running.")
