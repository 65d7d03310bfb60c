"""Concurrent calls: one for each item of an iterable, with a limit on their number."""

import asyncio
from collections import deque
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Callable,
    Coroutine,
    Iterable,
    Iterator,
    Sized,
)
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, Self, TypeAlias, TypeVar, final

from mistral_core import Progress, Result
from mistral_core.instrumentation.notifications import report_progress

__all__ = ["map_calls"]

I = TypeVar("I")  # noqa: E741 - an item
T = TypeVar("T")
E = TypeVar("E", bound=Exception)

Pair: TypeAlias = tuple[I, Result[T, E]]
"""An item and its result."""


def map_calls(
    function: Callable[[I], Coroutine[Any, Any, Result[T, E]]],
    items: Iterable[I] | AsyncIterable[I],
    *,
    concurrency: int = 10,
    ordered: bool = True,
    progress: Progress | None = None,
) -> AbstractAsyncContextManager[AsyncIterator[Pair[I, T, E]]]:
    """Call a function with each item, several at the same time.

    Enter it, so that leaving early ends the calls: `async with map_calls(...) as pairs: async for
    item, result in pairs: ...`. Cancelling `anext`, as `asyncio.wait_for` does, loses nothing. An
    exception that the function or the iterable raises is raised after the results before it.

    Args:
        function: A coroutine function that returns `Ok` or `Err`.
        items: The items. At most `concurrency` of them are read ahead of the results that were
            taken.
        concurrency: Maximum number of calls at the same time.
        ordered: Whether the results are in the order of the items. Otherwise each comes as soon as
            it is complete.
        progress: Called with the number of results taken, and the number of items if `items` has a
            length.

    Returns:
        A context manager over an iterator of pairs: the item and its result.

    Raises:
        ValueError: `concurrency` is less than 1.
    """
    if concurrency < 1:
        raise ValueError(f"`concurrency` must be at least 1, got {concurrency}")
    return _CallMap(function, items, concurrency, ordered=ordered, progress=progress)


@final
class _CallMap(Generic[I, T, E]):
    """The calls of a map. Their tasks belong to it, and end with it."""

    def __init__(
        self,
        function: Callable[[I], Coroutine[Any, Any, Result[T, E]]],
        items: Iterable[I] | AsyncIterable[I],
        concurrency: int,
        *,
        ordered: bool,
        progress: Progress | None,
    ) -> None:
        self._function = function
        self._total = len(items) if isinstance(items, Sized) else None
        self._items: Iterator[I] | AsyncIterator[I] = (
            aiter(items) if isinstance(items, AsyncIterable) else iter(items)
        )
        self._concurrency = concurrency
        self._ordered = ordered
        self._progress = progress
        self._taken = 0
        self._calls: deque[asyncio.Task[Pair[I, T, E]]] = deque()
        self._done: deque[asyncio.Task[Pair[I, T, E]]] = deque()
        self._reading: asyncio.Task[I] | None = None
        self._is_read = False
        self._failure: Exception | None = None
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_read = True
        tasks: list[asyncio.Task[Any]] = [*self._calls]
        if self._reading is not None:
            tasks.append(self._reading)
        self._calls.clear()
        self._done.clear()
        self._reading = None
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Pair[I, T, E]:
        while True:
            self._changed.clear()
            self._start_calls()
            complete = self._calls if self._ordered else self._done
            if complete and complete[0].done():
                call = complete.popleft()
                break
            if self._is_read and not self._calls:
                failure, self._failure = self._failure, None
                raise failure or StopAsyncIteration
            await self._changed.wait()
        if not self._ordered:
            self._calls.remove(call)
        pair = call.result()
        self._start_calls()
        self._taken += 1
        await report_progress(self._progress, self._taken, self._total)
        return pair

    def _start_calls(self) -> None:
        """Start calls until the limit is reached, or no items are left."""
        while not self._is_read and len(self._calls) < self._concurrency:
            try:
                if isinstance(self._items, Iterator):
                    item = next(self._items)
                else:
                    if self._reading is None:
                        self._reading = asyncio.create_task(_next(self._items))
                        self._reading.add_done_callback(self._continue)
                    if not self._reading.done():
                        return
                    reading, self._reading = self._reading, None
                    item = reading.result()
            except (StopIteration, StopAsyncIteration):
                self._is_read = True
            except Exception as error:  # noqa: BLE001 - raised after the results before it
                self._is_read, self._failure = True, error
            else:
                call = asyncio.create_task(self._call(item))
                call.add_done_callback(self._finish)
                self._calls.append(call)

    async def _call(self, item: I) -> Pair[I, T, E]:
        return item, await self._function(item)

    def _finish(self, call: "asyncio.Task[Pair[I, T, E]]") -> None:
        if not self._ordered:
            self._done.append(call)
        self._changed.set()

    def _continue(self, _: object) -> None:
        self._start_calls()
        self._changed.set()


async def _next(items: AsyncIterator[I]) -> I:
    return await anext(items)
