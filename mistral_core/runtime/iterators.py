"""Asynchronous iterators whose `anext` can be cancelled and resumed by the next call.

Cancellation ends an asynchronous generator, so that the next `anext` reports the end. But
`asyncio.wait_for(anext(items), 0.2)` is a common way to poll, and must not make an incomplete
response look complete.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable
from typing import Any, Generic, Self, TypeVar, cast, final

from mistral_core.runtime.deadline import running_task

T = TypeVar("T")


@final
class Items(Generic[T]):
    """An iterator over a generator that is replaced when cancellation has ended it.

    The generator keeps its state elsewhere and calls `restart` when it is cancelled. This is as
    fast as a plain asynchronous generator.
    """

    def __init__(self, start: Callable[[], AsyncGenerator[T, None]]) -> None:
        """Create an iterator. `start` is called now, and again after each cancellation."""
        self._start = start
        self._generator = start()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        # The generator's own awaitable would end the generator if cancelled before it starts.
        return await self._generator.__anext__()

    def restart(self) -> None:
        """Replace the cancelled generator, so that the next `anext` resumes."""
        self._generator = self._start()

    async def aclose(self) -> None:
        """End the iteration, unless another task is waiting for an item. Safe to call twice."""
        generator: Any = self._generator
        if not generator.ag_running:
            await self._generator.aclose()


@final
class Resumable(Generic[T]):
    """An iterator over a generator that cannot be replaced. Each step runs in a task of its own.

    Cancelling `anext` leaves the task running, and the next call waits for it again. Closing or
    dropping the iterator cancels the task.
    """

    def __init__(self, generator: AsyncGenerator[T, None]) -> None:
        """Create an iterator over a generator that has not been started."""
        self._generator = generator
        self._step: asyncio.Task[T] | None = None
        self._waiting = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        if self._waiting:
            raise RuntimeError("Another task is already waiting for the next item")
        if self._step is None and running_task() is None:
            return await anext(self._generator)  # Raises the error of its first step.
        step = self._step = self._step or asyncio.create_task(_step(self._generator))
        self._waiting = True
        try:
            await asyncio.wait((step,))
        finally:
            self._waiting = False
        if self._step is not step:  # Closed meanwhile.
            raise StopAsyncIteration
        self._step = None
        try:
            return step.result()
        finally:
            del step  # Breaks the cycle of task, exception, traceback and this frame.

    async def aclose(self) -> None:
        """Cancel the running step and close the generator. Safe to call twice."""
        step, self._step = self._step, None
        if step is not None:
            step.cancel()
            await asyncio.wait((step,))
            if not step.cancelled():
                step.exception()  # Marks the exception as retrieved.
        await self._generator.aclose()

    def __del__(self) -> None:
        if self._step is not None and not self._step.get_loop().is_closed():
            self._step.get_loop().call_soon_threadsafe(self._step.cancel)


def resumable(items: AsyncIterable[T]) -> AsyncIterator[T]:
    """Return an iterator of items whose `anext` can be cancelled and resumed.

    An asynchronous generator is wrapped. Other iterators must survive cancellation themselves.
    """
    iterator = aiter(items)
    if isinstance(iterator, AsyncGenerator):
        return Resumable(cast("AsyncGenerator[T, None]", iterator))
    return iterator


async def _step(generator: AsyncGenerator[T, None]) -> T:
    return await anext(generator)
