"""The progress of a run: its current state, and who is notified of changes."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, final

import attrs

from mistral_core.hooks import TaskHook
from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_events import RunEvent
from mistral_funcs.toolkit.runs.run_state import RunState

logger = logging.getLogger("mistral_funcs")


async def ignore(event: object) -> None:
    """Ignore an event."""
    del event


@final
@attrs.define(eq=False)
class Progress:
    """The progress of a run.

    Attributes:
        state: Everything done so far.
        on_state: The caller's function for new states.
        emit: Called with each event of a streamed run.
        on_task: The client's hook for tool calls.
    """

    state: RunState
    on_state: Callable[[RunState], object] | None = None
    emit: Callable[[RunEvent[Any]], Awaitable[None]] = ignore
    on_task: TaskHook | None = None

    def update(self, **changes: Any) -> None:
        """Change fields of the state."""
        self.replace(attrs.evolve(self.state, **changes))

    def update_call(self, call: RunCall, **changes: Any) -> RunCall:
        """Change fields of a call, and return the call."""
        call = attrs.evolve(call, **changes)
        calls = tuple(
            call if (each.id, each.turn) == (call.id, call.turn) else each
            for each in self.state.calls
        )
        self.update(calls=calls)
        return call

    def add_usage(self, usage: Any) -> None:
        """Add the usage of a response that failed."""
        self.update(usage=self.state.usage.plus(usage))

    def replace(self, state: RunState) -> None:
        """Set a new state."""
        self.state = state
        if self.on_state is not None:
            try:
                self.on_state(state)
            except Exception:
                logger.exception("Ignored an error that `on_state` raised")
