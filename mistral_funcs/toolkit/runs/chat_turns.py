"""Turns of a run over chat completions."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Final, cast, final
from uuid import uuid4

import attrs

from mistral_core import UNSET, Call, Err, Failure, InvalidRequestError, Ok, Result
from mistral_core.structuring.converter import converter
from mistral_funcs.schemas.shared.completions import (
    ChatCompletionChoice,
    ChatCompletionResponse,
    CompletionChunk,
)
from mistral_funcs.schemas.shared.messages import AssistantMessage, ToolCall
from mistral_funcs.schemas.shared.tools import Tool
from mistral_funcs.toolkit.folding import fold_completion
from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_events import RunChunk
from mistral_funcs.toolkit.runs.run_progress import Progress
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.runs.tool_execution import decode_arguments
from mistral_funcs.toolkit.tools.function_names import MAX_LENGTH, REFUSED
from mistral_funcs.toolkit.tools.runnable import RunnableTool, ToolError

FORCED: Final = ("any", "required")
"""Values of `tool_choice` with which a run would never end."""

EMPTY: Final = "(no response)"
"""Content of a message that the model left empty, which the API rejects."""

CALL_ID = re.compile(r"[a-zA-Z0-9]{9}")


@final
@attrs.frozen
class ChatTurns:
    """Turns of a run over `chat_complete`, `agents_complete` or their streaming variants.

    Attributes:
        function: The operation.
        args: Its positional arguments.
        kwargs: Its keyword arguments.
    """

    function: Callable[..., Awaitable[Any]]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]

    async def start(self, available: Mapping[str, RunnableTool]) -> RunState | Failure:
        """Return the state before the first turn."""
        del available
        if self.kwargs.get("n") not in (None, UNSET, 1):
            return InvalidRequestError("`n` must be 1 in a run", "n")
        messages: Any = self.kwargs["messages"]
        try:
            history = tuple(messages)
        except TypeError:
            return InvalidRequestError("`messages` must be a sequence of messages", "messages")
        return RunState(id=uuid4().hex, kind="chat", history=history)

    def check_resumed(self, state: RunState) -> None:
        """Check that the arguments belong to a state.

        Raises:
            ValueError: They do not.
        """
        if state.kind != "chat":
            raise ValueError("the state is that of a conversation")
        given: Any = self.kwargs["messages"]
        if converter.unstructure([*given]) != converter.unstructure(state.messages):
            raise ValueError("`messages` must be the messages of the state")

    async def request(
        self, state: RunState, available: Mapping[str, RunnableTool], *, without_tools: bool
    ) -> Result[Any, Failure]:
        """Request the next response."""
        changes: dict[str, Any] = {"messages": [*state.history, *state.open_messages]}
        if available:
            given: Any = self.kwargs.get("tools") or ()
            changes["tools"] = [
                *given,
                *(Tool(function=each.definition) for each in available.values()),
            ]
        choice = next_choice(self.kwargs.get("tool_choice"), state, without_tools=without_tools)
        kwargs = {**self.kwargs, **changes, "tool_choice": choice}
        if choice is None:
            del kwargs["tool_choice"]
        result: Result[Any, Failure] = await self.function(*self.args, **kwargs)
        return result

    async def read(
        self, stream: Any, progress: Progress, call: Call
    ) -> Result[ChatCompletionResponse, Failure]:
        """Read a streamed response, and emit its chunks."""
        del call
        chunks: list[CompletionChunk] = []
        async with stream as events:
            async for event in events:
                if isinstance(event, Err):
                    progress.add_usage(fold_completion(chunks).usage)
                    return cast("Err[Failure]", event)
                chunks.append(event.value)
                await progress.emit(RunChunk(event.value.text, event.value))
        return Ok(fold_completion(chunks))

    def apply(self, state: RunState, response: ChatCompletionResponse) -> RunState:
        """Return the state after a response."""
        turn = state.turns + 1
        history = [*state.history, *state.open_messages]
        taken = {call.id for call in state.calls}
        calls: list[RunCall] = []
        messages = list(_messages(response))
        for message in messages:
            history += _normalized(message, turn, taken, calls)
        if not messages:
            history.append(AssistantMessage(content=EMPTY))
        return attrs.evolve(
            state,
            history=tuple(history),
            calls=(*state.calls, *calls),
            turns=turn,
            usage=state.usage.plus(response.usage),
            response=response,
            stopped=None,
        )


def next_choice(choice: Any, state: RunState, *, without_tools: bool) -> Any:
    """Return `tool_choice` for the next turn. A forced call applies to the first turn only."""
    if without_tools:
        return "none"
    if choice in (None, UNSET) or (
        state.turns and (choice in FORCED or not isinstance(choice, str))
    ):
        return None
    return choice


def _messages(response: ChatCompletionResponse) -> Iterator[AssistantMessage]:
    """Return the messages of the first choice."""
    choice: ChatCompletionChoice | None = next(iter(response.choices), None)
    if choice is None:
        return
    if choice.message is not None:
        yield choice.message
    for each in choice.messages or ():
        if each.role in (None, "assistant"):
            yield AssistantMessage(content=each.content, tool_calls=each.tool_calls)


def _normalized(
    message: AssistantMessage, turn: int, taken: set[str], calls: list[RunCall]
) -> list[AssistantMessage]:
    """Return a message as every version of the API accepts it, and add its calls.

    Text and tool calls become two messages. IDs and names that the API rejects are replaced.
    """
    if not message.tool_calls:
        return [message if message.content else attrs.evolve(message, content=EMPTY)]
    tool_calls: list[ToolCall] = []
    for call in message.tool_calls:
        call_id = call.id or ""
        if not CALL_ID.fullmatch(call_id) or call_id in taken:
            call_id = uuid4().hex[:9]
        taken.add(call_id)
        name = REFUSED.sub("_", call.function.name)[:MAX_LENGTH] or "unnamed"
        arguments = _decoded(call.function.arguments)
        calls.append(RunCall(id=call_id, name=name, arguments=arguments, turn=turn))
        sendable = "{}" if isinstance(arguments, str) else call.function.arguments
        function = attrs.evolve(call.function, name=name, arguments=sendable)
        tool_calls.append(attrs.evolve(call, id=call_id, function=function))
    split = [attrs.evolve(message, content=None, tool_calls=tool_calls)]
    if message.content:
        split.insert(0, attrs.evolve(message, tool_calls=None))
    return split


def _decoded(arguments: Mapping[str, Any] | str) -> Mapping[str, Any] | str:
    """Return arguments as a mapping, or unchanged if they are not a JSON object."""
    try:
        return decode_arguments(arguments)
    except ToolError:
        return arguments
