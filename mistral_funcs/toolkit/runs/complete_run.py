"""Runs: completions whose tool calls are executed until the model has its final response."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from mistral_core import Err, Failure, Result
from mistral_funcs.schemas.shared.completions import ChatCompletionResponse
from mistral_funcs.toolkit.runs.run_errors import RunError
from mistral_funcs.toolkit.runs.run_events import Run
from mistral_funcs.toolkit.runs.run_start import start
from mistral_funcs.toolkit.runs.toolset import Tools

if TYPE_CHECKING:
    from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse

__all__ = ["run"]

P = ParamSpec("P")
R = TypeVar("R", bound="ChatCompletionResponse | ConversationResponse")


async def run(
    tools: Tools,
    function: Callable[P, Coroutine[Any, Any, Result[R, Failure]]],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Result[Run[R], RunError]:
    """Complete a chat or conversation, and execute the tool calls of the model.

    `run(Tools(get_weather), chat_complete, client, model=..., messages=...)` sends the tools with
    each request, runs the calls of each response concurrently, and ends when the model responds
    without calls. If a call must be confirmed, the run is returned with `pending` calls; resume it
    with `tools.resume(run.state, decisions)`.

    Args:
        tools: The tools and the options of the run.
        function: The operation: `chat_complete`, `agents_complete`, `beta_conversations_start`,
            `beta_conversations_append` or `beta_conversations_restart`.
        args: Its positional arguments.
        kwargs: Its keyword arguments. `tools` are sent in addition to those of the run.

    Returns:
        The run, or a `RunError` with everything done so far.
    """
    loop = await start(tools, function, args, kwargs, streamed=False)
    return loop if isinstance(loop, Err) else await loop.run()
