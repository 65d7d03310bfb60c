"""Blocking calls in threads of their own, which nothing waits for.

A call that never returns, such as reading a silent pipe, must hold up neither the end of the event
loop nor that of the interpreter, and must take no thread from the default executor, which the whole
process shares: name resolution runs there.
"""

import asyncio
from _thread import start_new_thread  # `Thread.start` waits until the thread runs; this does not
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar, cast

T = TypeVar("T")


async def call_blocking(function: Callable[..., T], *arguments: object) -> T:
    """Call a blocking function in a thread of its own, and return what it returns.

    Cancelled, this returns at once; the thread ends with its call, whose outcome is dropped.

    Raises:
        Exception: What the function raises; a `RuntimeError` in place of what is no `Exception`.
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

    start_new_thread(copy_context().run, (run,))
    value, error = await outcome
    if error is None:
        return cast("T", value)
    if isinstance(error, Exception):
        raise error
    raise RuntimeError(f"{error!r} was raised") from error
