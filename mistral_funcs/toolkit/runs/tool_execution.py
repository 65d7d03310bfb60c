"""The execution of the tool calls of a turn."""

import asyncio
import logging
import time
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, cast, final

import attrs

from mistral_core.hooks import TaskHook
from mistral_core.response.json_text import decode_json
from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_events import RunToolCall, RunToolResult
from mistral_funcs.toolkit.runs.run_progress import Progress
from mistral_funcs.toolkit.runs.run_tasks import StartedTool, observe_task
from mistral_funcs.toolkit.runs.toolset import Tools
from mistral_funcs.toolkit.tools.runnable import RunnableTool, ToolError

__all__ = ["CurrentCall", "current_call"]

SHOWN_ARGUMENTS = 500
"""Maximum number of characters of invalid arguments that are quoted to the model."""

logger = logging.getLogger("mistral_funcs")


@final
@attrs.frozen
class CurrentCall:
    """The call that a tool executes.

    Attributes:
        run_id: ID of the run.
        id: ID of the call. Both IDs stay the same when a saved run is resumed, so a tool can
            refuse to act twice.
        name: Name of the tool.
    """

    run_id: str
    id: str
    name: str


_current: ContextVar[CurrentCall] = ContextVar("current_call")


def current_call() -> CurrentCall:
    """Return the call that the running tool executes.

    Raises:
        LookupError: No tool is running in this context.
    """
    return _current.get()


async def run_calls(
    progress: Progress, tools: Tools, available: Mapping[str, RunnableTool]
) -> None:
    """Run the waiting calls of the last turn concurrently, except those to be confirmed.

    Args:
        progress: The progress of the run. It is updated as calls start and end.
        tools: The options of the run.
        available: The tools that are available in this turn.

    Raises:
        CancelledError: The run was cancelled, or a tool raised it.
    """
    waiting = [call for call in progress.state.last_calls if call.status == "waiting"]
    held = [call for call in waiting if _is_held(call, tools, available)]
    for call in held:
        await progress.emit(RunToolCall(progress.update_call(call, status="pending")))
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(_run_call(call, progress, tools, available))
            for call in waiting
            if call not in held
        ]
    if any(task.cancelled() for task in tasks):
        raise asyncio.CancelledError


def _is_held(call: RunCall, tools: Tools, available: Mapping[str, RunnableTool]) -> bool:
    tool = available.get(call.name)
    return tool is not None and not call.approved and tools.must_confirm(call.name, tool)


async def _run_call(
    call: RunCall, progress: Progress, tools: Tools, available: Mapping[str, RunnableTool]
) -> None:
    """Run a call, and record what it returned or raised."""
    call = progress.update_call(call, status="running")
    await progress.emit(RunToolCall(call))
    started = time.monotonic()
    _current.set(CurrentCall(progress.state.id, call.id, call.name))
    try:
        outcome = await _observed_outcome(call, tools, available, progress.on_task)
    except asyncio.CancelledError:
        output = "Error: cancelled while running. It may have had effects."
        duration = time.monotonic() - started
        progress.update_call(call, status="cancelled", output=output, duration=duration)
        raise
    call = progress.update_call(outcome, duration=time.monotonic() - started)
    await progress.emit(RunToolResult(call))


async def _observed_outcome(
    call: RunCall, tools: Tools, available: Mapping[str, RunnableTool], hook: TaskHook | None
) -> RunCall:
    """Return the call with its status and output. Only calls of available tools are observed."""
    tool = available.get(call.name)
    if hook is None or tool is None:
        return await _outcome(call, tools, available)
    observation = observe_task(hook, StartedTool(call, tool.definition))
    if observation is None:
        return await _outcome(call, tools, available)
    with observation.working():
        outcome = await _outcome(call, tools, available)
    observation.end(outcome)
    return outcome


async def _outcome(call: RunCall, tools: Tools, available: Mapping[str, RunnableTool]) -> RunCall:
    """Return the call with its status and output."""
    tool = available.get(call.name)
    if tool is None:
        offered = ", ".join(sorted(available)) or "none"
        return _failed(call, f"there is no tool named `{call.name}`. Available tools: {offered}.")
    limit = tools.timeout if tool.timeout is None else tool.timeout
    scope = asyncio.timeout(limit)
    try:
        arguments = decode_arguments(call.arguments)
        async with scope:
            output = await tool.run(arguments)
    except ToolError as error:
        return _failed(call, str(error), error)
    except Exception as error:
        if scope.expired() and isinstance(error, TimeoutError):
            message = f"Error: no result within {limit:g} s. The call may still have effects."
            return attrs.evolve(call, status="timed_out", output=message)
        logger.warning("The tool %s raised an exception", call.name, exc_info=error)
        return _failed(call, f"the tool raised an unexpected {type(error).__name__}.", error)
    if call.edited and isinstance(output, str):
        output = f"(The user changed the arguments of this call.)\n{output}"
    return attrs.evolve(call, status="succeeded", output=output)


def decode_arguments(arguments: Mapping[str, Any] | str) -> Mapping[str, Any]:
    """Return the arguments of a call as a mapping. Schemas complete blank ones to `"{}"`.

    Raises:
        ToolError: They are not a JSON object.
    """
    if not isinstance(arguments, str):
        return arguments
    shown = arguments[:SHOWN_ARGUMENTS]
    try:
        decoded: Any = decode_json(arguments.encode(errors="surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise ToolError(f"the arguments are not valid JSON ({error}): {shown}") from None
    if not isinstance(decoded, dict):
        raise ToolError(f"the arguments must be a JSON object, got: {shown}")
    return cast("dict[str, Any]", decoded)


def _failed(call: RunCall, message: str, error: Exception | None = None) -> RunCall:
    return attrs.evolve(call, status="failed", output=f"Error: {message}", exception=error)
