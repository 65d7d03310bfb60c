"""Single calls of tools, for protocols with one call at a time, such as voice agents."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_progress import Progress
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.runs.tool_execution import run_calls
from mistral_funcs.toolkit.runs.toolset import Tools

__all__ = ["call_tool"]


async def call_tool(
    tools: Tools, name: str, arguments: Mapping[str, Any] | str | None, *, approved: bool = False
) -> RunCall:
    """Call a tool by its name, as a run does.

    Args:
        tools: The tools, with the time limit of a call. The other options are those of a run.
        name: Name of the tool. `tools.current()` contains the available ones.
        arguments: The model's arguments: a mapping, or JSON. `None` and blank strings mean none.
        approved: Whether the user approved the call, if the tool requires confirmation.

    Returns:
        The call. Its status is `"succeeded"`, `"failed"` or `"timed_out"`, or `"pending"` if the
        tool requires confirmation and was not called. Its `text` is the result or the error.

    Raises:
        ValueError: Two tools have the same name.
    """
    if arguments is None or (isinstance(arguments, str) and not arguments.strip()):
        arguments = "{}"
    untyped: Any = arguments
    if not isinstance(untyped, str | Mapping):
        arguments = json.dumps(untyped, default=str)
    call = RunCall(id=uuid4().hex[:9], name=name, arguments=arguments, turn=0, approved=approved)
    progress = Progress(RunState(id=uuid4().hex, kind="chat", calls=(call,)))
    await run_calls(progress, tools, tools.current())
    return progress.state.calls[0]
