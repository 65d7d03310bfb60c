"""An event loop whose clock jumps to the next timer: minutes pass in no time, deterministically."""

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from unittest import mock

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """Let the time pass at once for which a loop would wait."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready, or move the clock to the next timer."""
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "nothing will ever happen"
            self.now += timeout
        return ready


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine function on a fast clock, which `time.monotonic` shows as well."""
    selector = _Selector()

    class Loop(asyncio.SelectorEventLoop):
        """An event loop with this clock."""

        def time(self) -> float:
            return selector.now

    loop = Loop(selector)
    with (
        mock.patch.object(time, "monotonic", loop.time),
        asyncio.Runner(loop_factory=lambda: loop) as runner,
    ):
        return runner.run(main())
