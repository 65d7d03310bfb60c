"""Deadlines that share a single timer per event loop.

`asyncio.timeout` sets and cancels a timer for each call, although it almost never fires. That is a
considerable part of the overhead of a call.
"""

import asyncio
import math
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, final
from weakref import WeakKeyDictionary, ref

from mistral_core.errors import InvalidRequestError

MIN_PAUSE = 0.01
"""Minimum number of seconds between two checks, so that many deadlines cost little."""


def current_task() -> asyncio.Task[Any]:
    """Return the running task.

    Raises:
        InvalidRequestError: No asyncio task is running, as under trio.
    """
    task = running_task()
    if task is None:
        raise InvalidRequestError(
            "No asyncio task is running. Call the client in a task of an asyncio event loop,"
            " such as `asyncio.run(main())`; trio and other event loops are not supported."
        )
    return task


def running_task() -> asyncio.Task[Any] | None:
    """Return the running task, or `None` if no asyncio task is running."""
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


@final
class Deadline:
    """A context manager that raises a `TimeoutError` when a time limit is exceeded.

    It works like `asyncio.timeout`, but may fire up to 10 ms late.
    """

    __slots__ = ("_alarm", "_cancelling", "_seconds", "_task", "expired", "when")

    def __init__(self, seconds: float | None) -> None:
        """Set the limit in seconds from the beginning of the block. `None` means no limit."""
        self._seconds = seconds
        self.expired = False

    def __enter__(self) -> Self:
        """Start the timer.

        Raises:
            InvalidRequestError: No asyncio task is running.
        """
        task = current_task()
        self._task = task
        self._cancelling = task.cancelling()
        self._alarm: _Alarm | None = None
        if self._seconds is not None:
            loop = task.get_loop()
            self.when = loop.time() + self._seconds
            self._alarm = _alarms.get(loop) or _alarms.setdefault(loop, _Alarm())
            self._alarm.add(self, loop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop the timer.

        Raises:
            TimeoutError: The limit was exceeded, and the task has not been cancelled otherwise.
        """
        if self._alarm is not None:
            self._alarm.running.pop(self, None)
        if (
            self.expired
            and self._task.uncancel() <= self._cancelling
            and kind is asyncio.CancelledError
        ):
            raise TimeoutError from error

    def elapsed(self) -> float:
        """Return the seconds since the block was entered. 0 without a limit."""
        if self._alarm is None or self._seconds is None:
            return 0.0
        return self._task.get_loop().time() - self.when + self._seconds

    def expire(self) -> None:
        """Cancel the task."""
        self.expired = True
        self._task.cancel()


@final
class _Alarm:
    """The deadlines of one event loop, with a timer for the next of them.

    It keeps no reference to the loop, which may be closed while the timer is set.
    """

    def __init__(self) -> None:
        self.running: dict[Deadline, None] = {}
        self._due = math.inf
        self._timer: Callable[[], asyncio.TimerHandle | None] = _no_timer

    def add(self, deadline: Deadline, loop: asyncio.AbstractEventLoop) -> None:
        self.running[deadline] = None
        if deadline.when < self._due:
            self._set(deadline.when, loop)

    def _set(self, due: float, loop: asyncio.AbstractEventLoop) -> None:
        previous = self._timer()
        if previous is not None:
            previous.cancel()
        self._due, self._timer = due, ref(loop.call_at(due, self._expire_due, loop))

    def _expire_due(self, loop: asyncio.AbstractEventLoop) -> None:
        self._due, self._timer = math.inf, _no_timer
        now = loop.time()
        for deadline in [each for each in self.running if each.when <= now]:
            del self.running[deadline]
            deadline.expire()
        if self.running:
            self._set(max(min(each.when for each in self.running), now + MIN_PAUSE), loop)


def _no_timer() -> None:
    return None


_alarms: WeakKeyDictionary[asyncio.AbstractEventLoop, _Alarm] = WeakKeyDictionary()
