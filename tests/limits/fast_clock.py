"""An event loop whose clock jumps to the next timer, so that tests are fast and deterministic."""

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from unittest import mock

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """A selector that advances the clock instead of waiting."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return the ready files, or advance the clock to the next timer."""
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "nothing will ever happen"
            self.now += timeout
        return ready


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine function with a fast clock, which `time.monotonic` uses too."""
    selector = _Selector()

    class Loop(asyncio.SelectorEventLoop):
        """An event loop with the fast clock."""

        def time(self) -> float:
            return selector.now

    loop = Loop(selector)
    with (
        mock.patch.object(time, "monotonic", loop.time),
        asyncio.Runner(loop_factory=lambda: loop) as runner,
    ):
        return runner.run(main())
