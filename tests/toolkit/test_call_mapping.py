"""Mapping a call over many items: bounded, in order or as completed, without leaked tasks."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from typing import Any

import pytest

from mistral_core import Err, InvalidRequestError, Ok, Result
from mistral_funcs import map_calls


class Calls:
    """A function to map, whose calls are completed individually.

    Attributes:
        started: The items of the calls that were started.
        read: How many items were read.
    """

    def __init__(self) -> None:
        """Start without calls."""
        self.started: list[int] = []
        self.read = 0
        self._ends: dict[int, asyncio.Event] = {}

    async def __call__(self, item: int) -> Result[int, InvalidRequestError]:
        """Wait until the call is ended. An odd item is an error."""
        self.started.append(item)
        await self._ends.setdefault(item, asyncio.Event()).wait()
        return Err(InvalidRequestError(str(item))) if item % 2 else Ok(item)

    def end(self, *items: int) -> None:
        """End calls."""
        for item in items:
            self._ends.setdefault(item, asyncio.Event()).set()

    def items(self, count: int) -> Iterator[int]:
        """Yield numbers."""
        for item in range(count):
            self.read += 1
            yield item

    async def async_items(self, count: int) -> AsyncGenerator[int, None]:
        """Yield numbers, each after a moment."""
        for item in self.items(count):
            await asyncio.sleep(0)
            yield item


Source = Callable[[Calls, int], Any]
SOURCES: list[Source] = [Calls.items, Calls.async_items]


async def settle() -> None:
    """Let all pending callbacks run."""
    for _ in range(40):
        await asyncio.sleep(0)


@pytest.mark.parametrize("source", SOURCES)
async def test_results_are_in_order_or_as_they_complete(source: Source) -> None:
    """Each with its item, an `Err` as well as an `Ok`."""
    for ordered, expected in ((True, [0, 1, 2, 3]), (False, [3, 2, 1, 0])):
        calls = Calls()
        async with map_calls(calls, source(calls, 4), concurrency=4, ordered=ordered) as pairs:
            first = asyncio.ensure_future(anext(pairs))
            await settle()
            for item in (3, 2, 1, 0):
                calls.end(item)
                await settle()
            results = [await first, *[pair async for pair in pairs]]
        assert [item for item, _ in results] == expected
        assert all(isinstance(result, Err if item % 2 else Ok) for item, result in results)


@pytest.mark.parametrize("source", SOURCES)
async def test_source_is_read_only_up_to_the_bound(source: Source) -> None:
    """Neither while calls run, nor while results are not read."""
    calls = Calls()
    async with map_calls(calls, source(calls, 100), concurrency=3) as pairs:
        assert calls.read == 0
        first = asyncio.ensure_future(anext(pairs))
        await settle()
        assert calls.started == [0, 1, 2]
        calls.end(1, 2)
        await settle()
        assert calls.started == [0, 1, 2]
        calls.end(0)
        await first
        await settle()
        assert calls.started == [0, 1, 2, 3]
        assert calls.read == 4


@pytest.mark.parametrize("source", SOURCES)
async def test_leaving_early_leaves_no_task(source: Source) -> None:
    """Neither of a call, nor of a wait for the next item."""
    calls = Calls()
    calls.end(0)
    before = asyncio.all_tasks()
    async with map_calls(calls, source(calls, 100), concurrency=3) as pairs:
        async for _ in pairs:
            break
        await settle()
        assert asyncio.all_tasks() - before
    assert asyncio.all_tasks() == before
    assert [pair async for pair in pairs] == []


async def test_pending_item_is_not_waited_for() -> None:
    """When the iteration is left."""

    async def items() -> AsyncGenerator[int, None]:
        yield 0
        await asyncio.Event().wait()

    calls = Calls()
    calls.end(0)
    before = asyncio.all_tasks()
    async with map_calls(calls, items()) as pairs:
        await anext(pairs)
    assert asyncio.all_tasks() == before


async def test_cancellation_leaves_no_task() -> None:
    """If the reader of the results is cancelled."""
    calls = Calls()

    async def take() -> None:
        async with map_calls(calls, [0, 1, 2]) as pairs:
            async for _ in pairs:
                pass

    before = asyncio.all_tasks()
    task = asyncio.create_task(take())
    await settle()
    assert calls.started == [0, 1, 2]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asyncio.all_tasks() == before


async def test_cancelled_wait_for_a_result_loses_nothing() -> None:
    """The next wait resumes it."""
    calls = Calls()
    async with map_calls(calls, calls.async_items(2)) as pairs:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(pairs), 0.001)
        calls.end(0, 1)
        assert [item async for item, _ in pairs] == [0, 1]


@pytest.mark.parametrize("is_async", [False, True])
async def test_exception_of_the_source_is_raised_after_the_results(*, is_async: bool) -> None:
    """After the results of the calls that had started."""
    calls = Calls()
    calls.end(0, 1)

    def items() -> Iterator[int]:
        yield from (0, 1)
        raise OSError("gone")

    async def async_items() -> AsyncGenerator[int, None]:
        for item in items():
            yield item

    seen: list[int] = []
    async with map_calls(calls, async_items() if is_async else items()) as pairs:
        seen += [(await anext(pairs))[0] for _ in range(2)]
        with pytest.raises(OSError, match="gone"):
            await anext(pairs)
        assert seen == [0, 1]
        assert [pair async for pair in pairs] == []


async def test_exception_of_the_function_is_raised() -> None:
    """It is a programming error. The other calls are ended."""

    async def fail(item: int) -> Result[int, InvalidRequestError]:
        if item:
            await asyncio.Event().wait()
        raise ZeroDivisionError

    before = asyncio.all_tasks()
    with pytest.raises(ZeroDivisionError):
        async with map_calls(fail, range(3)) as pairs:
            await anext(pairs)
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize(("sized", "total"), [(True, 3), (False, None)])
async def test_progress_is_reported(*, sized: bool, total: int | None) -> None:
    """With the number of items, if it is known."""
    calls = Calls()
    calls.end(*range(3))
    reports: list[tuple[int, int | None]] = []
    items = range(3) if sized else iter(range(3))

    def progress(done: int, size: int | None) -> None:
        reports.append((done, size))

    async with map_calls(calls, items, progress=progress, ordered=False) as pairs:
        assert len([pair async for pair in pairs]) == 3
    assert reports == [(1, total), (2, total), (3, total)]


async def test_an_empty_source_is_no_error() -> None:
    """Neither is reading no result."""
    calls = Calls()
    no_items: list[int] = []
    async with map_calls(calls, no_items) as pairs:
        assert [pair async for pair in pairs] == []
    async with map_calls(calls, [1]):
        pass
    assert calls.started == []


def test_bound_is_at_least_one() -> None:
    """Otherwise nothing would ever be called."""
    with pytest.raises(ValueError, match="at least 1, got 0"):
        map_calls(Calls(), [1], concurrency=0)
