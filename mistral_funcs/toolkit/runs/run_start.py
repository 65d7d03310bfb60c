"""The start of a run, or of a resumed one."""

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from mistral_core import Err, InvalidRequestError, MistralError, operation_of
from mistral_funcs.toolkit.runs.chat_turns import ChatTurns
from mistral_funcs.toolkit.runs.decisions import decide
from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_errors import RunError
from mistral_funcs.toolkit.runs.run_loop import RunLoop
from mistral_funcs.toolkit.runs.run_progress import Progress
from mistral_funcs.toolkit.runs.run_state import NEW, RunState
from mistral_funcs.toolkit.runs.run_tasks import StartedRun, observe_task, task_hook
from mistral_funcs.toolkit.runs.toolset import Tools
from mistral_funcs.toolkit.runs.turns import Turns


async def start(
    tools: Tools,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    *,
    streamed: bool,
) -> RunLoop[Any] | Err[RunError]:
    """Return a run that is ready to start, or the error if it cannot."""
    turns = _turns(function, args, kwargs, streamed=streamed)
    state = tools.state
    try:
        if state is None:
            started = await turns.start(tools.current())
            if isinstance(started, MistralError):
                return Err(RunError(str(started), "request", NEW, started))
            state = started
        else:
            turns.check_resumed(state)
            state = decide(_interrupted(state), tools.decisions)
    except ValueError as error:
        message = f"The run cannot start: {error}"
        return Err(RunError(message, "tools", state or NEW, InvalidRequestError(message)))
    hook = task_hook(args, kwargs)
    return RunLoop(
        tools,
        turns,
        Progress(state, tools.on_state, on_task=hook),
        streamed,
        observation=observe_task(hook, StartedRun(function, kwargs, state, streamed)),
    )


def _turns(
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    *,
    streamed: bool,
) -> Turns:
    """Return the turns of an operation.

    Raises:
        TypeError: The operation completes neither a chat nor a conversation.
    """
    if "messages" in kwargs:
        return ChatTurns(function, args, kwargs)
    if "inputs" not in operation_of(function).fields:
        raise TypeError("A run needs an operation with `messages` or `inputs`")
    # Chats need none of its schemas.
    from mistral_funcs.toolkit.runs.conversation_turns import ConversationTurns  # noqa: PLC0415

    return ConversationTurns(function, args, kwargs, streamed)


def _interrupted(state: RunState) -> RunState:
    """Return a state whose running calls are over: the process that ran them ended."""
    return attrs.evolve(state, calls=tuple(map(_end_running, state.calls)), stopped=None)


def _end_running(call: RunCall) -> RunCall:
    if call.status != "running":
        return call
    output = "Error: interrupted while running. The call may have had effects."
    return attrs.evolve(call, status="cancelled", output=output)
