"""The deadlines of many calls at once, for which an event loop has a single timer.

`asyncio.timeout` sets a timer for each call and takes it back again, and is nearly never needed:
that is a good part of what a call costs.
"""

import asyncio
import math
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, final
from weakref import WeakKeyDictionary, ref

from mistral_core.errors import InvalidRequestError

LEAST_PAUSE = 0.01
"""Seconds between two looks at what is due, so that very many deadlines cost little."""


def current_task() -> asyncio.Task[Any]:
    """Return the task that makes a call.

    Raises:
        InvalidRequestError: No task of asyncio is running, as under trio.
    """
    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    if task is None:
        raise InvalidRequestError(
            "This client needs asyncio. Call it in a task of an asyncio event loop,"
            " such as `asyncio.run(main())`; trio and other event loops are not supported."
        )
    return task


@final
class Deadline:
    """Interrupt what is awaited in a `with` block for too long, by a `TimeoutError`.

    It does what `asyncio.timeout` does, up to a hundredth of a second later.
    """

    __slots__ = ("_alarm", "_cancelling", "_seconds", "_task", "expired", "when")

    def __init__(self, seconds: float | None) -> None:
        """Take the seconds from the beginning of the block; `None` is for ever."""
        self._seconds = seconds
        self.expired = False

    def __enter__(self) -> Self:
        """Begin to count.

        Raises:
            InvalidRequestError: No task of asyncio is running.
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
        """Count no longer.

        Raises:
            TimeoutError: The time was over, and nobody else has cancelled the task.
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
        """Return the seconds since the block was entered; 0 without a limit."""
        if self._alarm is None or self._seconds is None:
            return 0.0
        return self._task.get_loop().time() - self.when + self._seconds

    def expire(self) -> None:
        """Interrupt what is awaited."""
        self.expired = True
        self._task.cancel()


@final
class _Alarm:
    """Hold the deadlines of one event loop, with a timer for the next of them.

    Nothing in it holds the loop, which may end while a timer is set.
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
        superseded = self._timer()
        if superseded is not None:
            superseded.cancel()
        self._due, self._timer = due, ref(loop.call_at(due, self._look, loop))

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._due, self._timer = math.inf, _no_timer
        now = loop.time()
        for deadline in [each for each in self.running if each.when <= now]:
            del self.running[deadline]
            deadline.expire()
        if self.running:
            self._set(max(min(each.when for each in self.running), now + LEAST_PAUSE), loop)


def _no_timer() -> None:
    return None


_alarms: WeakKeyDictionary[asyncio.AbstractEventLoop, _Alarm] = WeakKeyDictionary()
