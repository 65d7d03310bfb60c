"""Blocking calls in daemon threads.

A call that never returns, such as reading a silent pipe, must block neither the shutdown of the
event loop nor that of the interpreter. It must not occupy a thread of the default executor either,
which the process shares and which resolves host names.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from queue import SimpleQueue
from threading import Thread
from typing import Self, TypeAlias, TypeVar, cast, final

T = TypeVar("T")

Calls: TypeAlias = SimpleQueue[Callable[[], None] | None]


@final
class Worker:
    """A thread that makes blocking calls one after another. Enter it with `with` before use.

    Leaving the block ends the thread after the running call.
    """

    def __init__(self) -> None:
        """Create the queue of calls."""
        self._calls: Calls = SimpleQueue()

    def __enter__(self) -> Self:
        """Start the thread."""
        context = copy_context()
        Thread(target=context.run, args=(_work, self._calls), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the thread after the running call."""
        self._calls.put(None)

    async def call(self, function: Callable[..., T], *arguments: object) -> T:
        """Call a function in the thread, and return its result.

        Cancellation returns immediately and drops the result of the call.

        Raises:
            Exception: The error that the function raises. A `BaseException` becomes a
                `RuntimeError`.
        """
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[tuple[T | None, BaseException | None]] = loop.create_future()

        def settle(value: T | None, error: BaseException | None) -> None:
            if not outcome.done():
                outcome.set_result((value, error))

        def run() -> None:
            value, raised = None, None
            try:
                value = function(*arguments)
            except BaseException as error:  # noqa: BLE001
                raised = error
            with suppress(RuntimeError):  # The event loop is closed.
                loop.call_soon_threadsafe(settle, value, raised)

        self._calls.put(run)
        value, error = await outcome
        if error is None:
            return cast("T", value)
        if isinstance(error, Exception):
            raise error
        raise RuntimeError(f"{error!r} was raised") from error


def _work(calls: Calls) -> None:
    while (call := calls.get()) is not None:
        call()


async def call_blocking(function: Callable[..., T], *arguments: object) -> T:
    """Call a blocking function in a new thread, and return its result."""
    with Worker() as worker:
        return await worker.call(function, *arguments)
