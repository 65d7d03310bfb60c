"""Streamed runs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeAlias, TypeVar, final, overload

from mistral_core import Err, EventStream, Failure, Ok, Result
from mistral_funcs.schemas.shared.completions import ChatCompletionResponse, CompletionChunk
from mistral_funcs.toolkit.runs.run_errors import RunError
from mistral_funcs.toolkit.runs.run_events import RunEnd, RunEvent
from mistral_funcs.toolkit.runs.run_loop import RunLoop
from mistral_funcs.toolkit.runs.run_start import start
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.runs.toolset import Tools

if TYPE_CHECKING:
    from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse
    from mistral_funcs.schemas.beta.conversations.events import ConversationEventsData

__all__ = ["RunStream", "run_stream"]

P = ParamSpec("P")
R = TypeVar("R")

Event: TypeAlias = Result[RunEvent[R], RunError]


@final
class RunStream(Generic[R]):
    """A streamed run, read once. Enter it first: `async with stream as events`.

    Each event is an `Ok`, and the last one contains a `RunEnd`. An `Err` is the last item, and
    contains everything done so far. Leaving the block early cancels running tools and closes the
    connection. Waiting for an event is safe to cancel.
    """

    def __init__(self, loop: RunLoop[Any]) -> None:
        """Create a stream of a run that is ready to start."""
        self._loop = loop
        self._events: asyncio.Queue[Event[R] | BaseException] = asyncio.Queue(1)
        self._task: asyncio.Task[None] | None = None
        self._left = False
        loop.progress.emit = self._emit

    @property
    def state(self) -> RunState:
        """Everything done so far. After leaving early, it can be resumed or continued."""
        return self._loop.state

    async def __aenter__(self) -> AsyncIterator[Event[R]]:
        """Start the run, and return an iterator over its events. Can be called once."""
        if self._task is not None:
            raise RuntimeError("The run has already been entered and can only be read once")
        self._task = asyncio.create_task(self._run())
        return RunEvents(self._events)

    async def __aexit__(self, *_: object) -> None:
        """Cancel what is still running, and wait until it has ended."""
        self._left = True
        if self._task is not None:
            self._task.cancel()
            try:
                await asyncio.wait((self._task,))
            finally:
                await self._loop.close()

    async def _run(self) -> None:
        """Run to the end. An error that is raised is passed on to the reader."""
        try:
            result = await self._loop.run()
            await self._events.put(result if isinstance(result, Err) else result.map(RunEnd))
        except BaseException as error:
            if self._left:
                raise
            await self._events.put(error)

    async def _emit(self, event: RunEvent[R]) -> None:
        await self._events.put(Ok(event))


@final
class RunEvents(Generic[R]):
    """The events of a run in progress."""

    def __init__(self, events: "asyncio.Queue[Event[R] | BaseException]") -> None:
        """Create an iterator over events that another task adds."""
        self._events = events
        self._ended = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event[R]:
        if self._ended:
            raise StopAsyncIteration
        event = await self._events.get()
        if isinstance(event, BaseException):
            self._ended = True
            raise event
        self._ended = isinstance(event, Err) or isinstance(event.value, RunEnd)
        return event


@overload
async def run_stream(
    tools: Tools,
    function: Callable[P, Coroutine[Any, Any, Result[EventStream[CompletionChunk], Failure]]],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> Result[RunStream[ChatCompletionResponse], RunError]: ...
@overload
async def run_stream(
    tools: Tools,
    function: Callable[
        P, Coroutine[Any, Any, "Result[EventStream[ConversationEventsData], Failure]"]
    ],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> "Result[RunStream[ConversationResponse], RunError]": ...
async def run_stream(
    tools: Tools, function: Callable[..., Any], /, *args: Any, **kwargs: Any
) -> Result[RunStream[Any], RunError]:
    """Stream a run: the chunks of the model's responses, the tool calls and their results.

    The first response is requested before the stream is returned.

    Args:
        tools: The tools and the options of the run.
        function: The operation, such as `chat_stream` or `beta_conversations_start_stream`.
        args: Its positional arguments.
        kwargs: Its keyword arguments. `tools` are sent in addition to those of the run.

    Returns:
        The stream. Enter it with `async with` before iterating. An `Err` is the last item.
    """
    loop = await start(tools, function, args, kwargs, streamed=True)
    if isinstance(loop, Err):
        return loop
    error = await loop.open()
    return Ok(RunStream(loop), call=loop.call) if error is None else error
