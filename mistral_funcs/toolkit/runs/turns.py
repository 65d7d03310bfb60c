"""Turns of a run: requests for responses of an operation."""

from collections.abc import Mapping
from typing import Any, Protocol

from mistral_core import Call, Failure, Result
from mistral_funcs.toolkit.runs.run_progress import Progress
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.tools.runnable import RunnableTool


class Turns(Protocol):
    """The turns of a run: requests for the responses of an operation."""

    async def start(self, available: Mapping[str, RunnableTool]) -> RunState | Failure:
        """Return the state before the first turn."""
        ...

    def check_resumed(self, state: RunState) -> None:
        """Check that the arguments of the operation belong to a state, or raise `ValueError`."""
        ...

    async def request(
        self, state: RunState, available: Mapping[str, RunnableTool], *, without_tools: bool
    ) -> Result[Any, Failure]:
        """Request the next response."""
        ...

    async def read(self, stream: Any, progress: Progress, call: Call) -> Result[Any, Failure]:
        """Read a streamed response, and emit its chunks."""
        ...

    def apply(self, state: RunState, response: Any) -> RunState:
        """Return the state after a response."""
        ...
