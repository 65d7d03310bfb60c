"""Blocking calls in threads that nothing waits for.

A call that never returns, such as reading a silent pipe, must hold up neither the end of the event
loop nor that of the interpreter, and must take no thread from the default executor, which the whole
process shares: name resolution runs there.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self, TypeAlias, TypeVar, cast, final

T = TypeVar("T")

Calls: TypeAlias = SimpleQueue[Callable[[], None] | None]


@final
class Worker:
    """A thread for blocking calls, one after the other. Enter it before use.

    It ends when it is left, or with the call that it is in then.
    """

    def __init__(self) -> None:
        """Start nothing yet."""
        self._calls: Calls = SimpleQueue()

    def __enter__(self) -> Self:
        """Start the thread."""
        context = copy_context()
        Thread(target=context.run, args=(_work, self._calls), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let the thread end."""
        self._calls.put(None)

    async def call(self, function: Callable[..., T], *arguments: object) -> T:
        """Call a function in the thread, and return what it returns.

        Cancelled, this returns at once, and the outcome of the call is dropped.

        Raises:
            Exception: What the function raises; a `RuntimeError` for what is no `Exception`.
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
    """Call a blocking function in a thread of its own, and return what it returns."""
    with Worker() as worker:
        return await worker.call(function, *arguments)
