"""The loop of a run: responses of the model, and tool calls."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any, Generic, TypeVar, cast, final

import attrs

from mistral_core import Call, Err, Failure, Ok, Result
from mistral_core.http.metadata import NO_CALL
from mistral_core.instrumentation.observation import Observation
from mistral_funcs.toolkit.runs.run_calls import OPEN
from mistral_funcs.toolkit.runs.run_errors import RunError, RunErrorReason
from mistral_funcs.toolkit.runs.run_events import Run
from mistral_funcs.toolkit.runs.run_progress import Progress
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.runs.tool_execution import run_calls
from mistral_funcs.toolkit.runs.toolset import Tools
from mistral_funcs.toolkit.runs.turns import Turns
from mistral_funcs.toolkit.tools.runnable import RunnableTool

R = TypeVar("R")

STOPPED: Mapping[RunErrorReason, str] = {
    "request": "a request failed",
    "tool": "a tool failed",
    "tools": "the tools are invalid",
    "max_turns": "it reached its limit of turns",
    "failed_turns": "too many tool calls failed",
}
"""Why a run stopped, for the model."""


@final
@attrs.define(eq=False)
class RunLoop(Generic[R]):
    """A run in progress.

    Attributes:
        tools: The tools, and the options of the run.
        turns: The requests for responses.
        progress: The state of the run.
        streamed: Whether responses are streamed.
        opened: The first response, if it has been requested.
        call: Metadata of the last request.
        observation: The observation of the run, if a hook asks for one.
    """

    tools: Tools
    turns: Turns
    progress: Progress
    streamed: bool = False
    opened: Result[Any, Failure] | None = None
    call: Call = NO_CALL
    observation: Observation | None = None

    @property
    def state(self) -> RunState:
        """Everything done so far."""
        return self.progress.state

    async def run(self) -> Result[Run[R], RunError]:
        """Run until the model responds without tool calls, or calls await confirmation."""
        try:
            with nullcontext() if self.observation is None else self.observation.working():
                result = await self._run()
        except BaseException:
            self.progress.update(stopped="it was cancelled")
            raise
        self._end(result)
        return result

    def _end(self, result: Result[Run[R], RunError] | None) -> None:
        if self.observation is not None:
            self.observation.end(result)

    async def _run(self) -> Result[Run[R], RunError]:
        while True:
            try:
                available = self.tools.current()
            except ValueError as error:
                return self._failed(str(error), "tools")
            if any(call.status == "waiting" for call in self.state.last_calls):
                if (stopped := await self._run_calls(available)) is not None:
                    return stopped
                continue  # The calls may have changed the tools.
            if self.state.pending or self._is_finished:
                response = cast("R", self.state.response)
                return Ok(Run(response=response, state=self.state), call=self.call)
            if (stopped := await self._turn(available)) is not None:
                return stopped

    async def _run_calls(self, available: Mapping[str, RunnableTool]) -> Err[RunError] | None:
        """Run the waiting calls of the last turn. Return the error that ends the run."""
        if self._at_limit:
            self._skip_calls()
            return None
        await run_calls(self.progress, self.tools, available)
        ended = [call for call in self.state.last_calls if call.status != "pending"]
        failed = [call for call in ended if call.status in ("failed", "timed_out")]
        if failed and self.tools.on_error == "stop":
            error = self._failed(f"The tool `{failed[0].name}` failed", "tool")
            error.error.__cause__ = failed[0].exception
            return error
        failed_turns = self.state.failed_turns + 1 if failed and len(failed) == len(ended) else 0
        self.progress.update(failed_turns=failed_turns)
        if failed_turns >= self.tools.max_failed_turns:
            message = f"No tool call succeeded in {failed_turns} turns in a row"
            return self._failed(message, "failed_turns")
        return None

    def _skip_calls(self) -> None:
        output = (
            f"Error: not run, because the run reached its limit of {self.tools.max_turns} turns."
        )
        for call in [each for each in self.state.last_calls if each.status == "waiting"]:
            self.progress.update_call(call, status="skipped", output=output)

    async def open(self) -> Err[RunError] | None:
        """Request the first response, unless calls must run before it. Return the error."""
        calls_first = any(call.status in OPEN for call in self.state.last_calls)
        if calls_first or self._is_finished or self._at_limit:
            return None
        with nullcontext() if self.observation is None else self.observation.working():
            opened = await self.turns.request(self.state, self.tools.current(), without_tools=False)
        if isinstance(opened, Err):
            error = self._request_failed(opened)
            self._end(error)
            return error
        self.opened, self.call = opened, opened.call
        return None

    async def close(self) -> None:
        """End the run, and free the connection of the first response if it is unread."""
        self._end(None)
        opened, self.opened = self.opened, None
        if isinstance(opened, Ok):
            async with opened.value:
                pass

    async def _turn(self, available: Mapping[str, RunnableTool]) -> Err[RunError] | None:
        """Request the next response. Return the error that ends the run."""
        last = self._at_limit
        if last and (not self.tools.respond_at_limit or self.state.turns > self.tools.max_turns):
            message = f"The run reached its limit of {self.tools.max_turns} turns"
            return self._failed(message, "max_turns")
        result, self.opened = self.opened, None
        if result is None:
            result = await self.turns.request(self.state, available, without_tools=last)
        self.call = result.call
        if self.streamed and isinstance(result, Ok):
            result = await self.turns.read(result.value, self.progress, self.call)
        if isinstance(result, Err):
            return self._request_failed(result)
        self.progress.replace(self.turns.apply(self.state, result.value))
        return None

    @property
    def _is_finished(self) -> bool:
        return bool(self.state.turns) and not (self.state.last_calls or self.state.handed_over)

    @property
    def _at_limit(self) -> bool:
        return self.state.turns >= self.tools.max_turns

    def _request_failed(self, result: Err[Failure]) -> Err[RunError]:
        return self._failed(str(result.error), "request", result.error, result.call)

    def _failed(
        self,
        message: str,
        reason: RunErrorReason,
        failure: Failure | None = None,
        call: Call = NO_CALL,
    ) -> Err[RunError]:
        self.progress.update(stopped=STOPPED[reason])
        return Err(RunError(message, reason, self.state, failure), call=call)
