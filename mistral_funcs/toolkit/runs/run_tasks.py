"""Runs and tool calls as they start, for the hook `on_task`."""

from collections.abc import Callable, Mapping
from typing import Any, final

import attrs

from mistral_core.hooks import NO_HOOKS, TaskHook
from mistral_core.instrumentation.observation import Observation, start_observation
from mistral_funcs.schemas.shared.tools import Function
from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_state import RunState

__all__ = ["StartedRun", "StartedTool"]


@final
@attrs.frozen(eq=False)
class StartedRun:
    """A run that is about to start. It ends with its result, as `run` returns it.

    Attributes:
        function: The operation.
        arguments: Its keyword arguments.
        state: The state at the start: new, or that of the resumed run.
        streamed: Whether the run is streamed.
    """

    function: Callable[..., Any]
    arguments: Mapping[str, Any] = attrs.field(repr=False)
    state: RunState = attrs.field(repr=False)
    streamed: bool


@final
@attrs.frozen(eq=False)
class StartedTool:
    """A tool call of a run that is about to start. It ends with its `RunCall`.

    Attributes:
        call: The call.
        definition: The function, as the model sees it.
    """

    call: RunCall
    definition: Function


def task_hook(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> TaskHook | None:
    """Return the hook `on_task` of the client that an operation is called with."""
    client: Any = args[0] if args else kwargs.get("client")
    hook: TaskHook | None = getattr(client, "hooks", NO_HOOKS).on_task
    return hook


def observe_task(hook: TaskHook | None, started: StartedRun | StartedTool) -> Observation | None:
    """Return the observation of a run or a tool call, if a hook asks for one."""
    return None if hook is None else start_observation(hook, started)
