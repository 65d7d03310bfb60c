"""Turns of a run over conversations."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast, final
from uuid import uuid4

import attrs

from mistral_core import (
    UNSET,
    Call,
    Err,
    Failure,
    InvalidRequestError,
    MistralError,
    Ok,
    Result,
    operation_of,
)
from mistral_core.structuring.converter import request_converter
from mistral_funcs.beta.conversations.append import beta_conversations_append
from mistral_funcs.beta.conversations.append_stream import beta_conversations_append_stream
from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse
from mistral_funcs.schemas.beta.conversations.entries import (
    AgentHandoffEntry,
    FunctionCallEntry,
    MessageInputEntry,
)
from mistral_funcs.schemas.beta.conversations.events import (
    ConversationEventsData,
    ResponseStartedEvent,
)
from mistral_funcs.schemas.shared.tools import FunctionTool
from mistral_funcs.toolkit.conversation_errors import reported_error
from mistral_funcs.toolkit.conversation_folding import fold_conversation
from mistral_funcs.toolkit.runs.agent_functions import undeclared_functions
from mistral_funcs.toolkit.runs.chat_turns import next_choice
from mistral_funcs.toolkit.runs.run_calls import RunCall
from mistral_funcs.toolkit.runs.run_events import RunChunk
from mistral_funcs.toolkit.runs.run_progress import Progress
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.tools.runnable import RunnableTool

CONTINUED = ("completion_args", "handoff_execution", "store", "options")
"""Arguments of the first request that apply to all others too."""


@final
@attrs.frozen
class ConversationTurns:
    """Turns of a run over `beta_conversations_start` and its siblings.

    Attributes:
        function: The operation.
        args: Its positional arguments.
        kwargs: Its keyword arguments.
        streamed: Whether responses are streamed.
    """

    function: Callable[..., Awaitable[Any]]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    streamed: bool

    async def start(self, available: Mapping[str, RunnableTool]) -> RunState | Failure:
        """Return the state before the first turn. An agent must declare all functions."""
        inputs: Any = self.kwargs.get("inputs") or ()
        if isinstance(inputs, str):
            inputs = (MessageInputEntry(role="user", content=inputs),)
        try:
            history = tuple(inputs)
        except TypeError:
            return InvalidRequestError("`inputs` must be a string or a sequence", "inputs")
        if self._agent is not None and available:
            version: Any = self.kwargs.get("agent_version") or None
            result = await undeclared_functions(self._client, self._agent, version, available)
            if isinstance(result, MistralError):
                return result
        return RunState(id=uuid4().hex, kind="conversation", history=history)

    def check_resumed(self, state: RunState) -> None:
        """Check that the arguments belong to a state.

        Raises:
            ValueError: They do not.
        """
        if state.kind != "conversation":
            raise ValueError("the state is that of a chat")
        if not self._is_stored:
            return
        named = self.kwargs.get("conversation_id", self.args[1] if len(self.args) > 1 else None)
        if state.turns and named != state.conversation_id:
            raise ValueError(
                "pass `beta_conversations_append` and the `conversation_id` of the state"
            )

    async def request(
        self, state: RunState, available: Mapping[str, RunnableTool], *, without_tools: bool
    ) -> Result[Any, Failure]:
        """Request the next response: start the conversation, or append the results of calls."""
        arguments = self._completion_args(state, without_tools=without_tools)
        if state.turns and self._is_stored:
            appended: dict[str, Any] = {
                **{name: self.kwargs[name] for name in CONTINUED if name in self.kwargs},
                **arguments,
                "inputs": state.open_results,
            }
            if confirmations := state.open_confirmations:
                appended["tool_confirmations"] = confirmations
            append: Any = (
                beta_conversations_append_stream if self.streamed else beta_conversations_append
            )
            response: Result[Any, Failure] = await append(
                self._client, state.conversation_id, **appended
            )
            return response
        changes: dict[str, Any] = dict(arguments)
        if state.turns:
            changes["inputs"] = [*state.history, *state.open_results]
        if available and self._agent is None and "tools" in operation_of(self.function).fields:
            given: Any = self.kwargs.get("tools") or ()
            functions = [FunctionTool(function=each.definition) for each in available.values()]
            changes["tools"] = [*given, *functions]
        result: Result[Any, Failure] = await self.function(*self.args, **{**self.kwargs, **changes})
        return result

    async def read(
        self, stream: Any, progress: Progress, call: Call
    ) -> Result[ConversationResponse, Failure]:
        """Read a streamed response, and emit its events."""
        seen: list[ConversationEventsData] = []
        async with stream as events:
            async for event in events:
                if isinstance(event, Err):
                    return cast("Err[Failure]", event)
                value = event.value
                if (error := reported_error(value, call)) is not None:
                    return Err(error, call=call)
                if isinstance(value, ResponseStartedEvent):
                    progress.update(conversation_id=value.conversation_id)
                seen.append(value)
                await progress.emit(RunChunk(getattr(value, "text", ""), value))
        return Ok(fold_conversation(seen))

    def apply(self, state: RunState, response: ConversationResponse) -> RunState:
        """Return the state after a response."""
        turn = state.turns + 1
        last = response.outputs[-1] if response.outputs else None
        calls = {
            entry.tool_call_id: RunCall(
                id=entry.tool_call_id,
                name=entry.name,
                arguments=entry.arguments,
                turn=turn,
                status="pending" if entry.confirmation_status else "waiting",
                at_server=entry.confirmation_status is not None,
            )
            for entry in response.outputs
            if isinstance(entry, FunctionCallEntry)
            and entry.confirmation_status in (None, "pending")
        }
        return attrs.evolve(
            state,
            history=(*state.history, *state.open_results, *response.outputs),
            calls=(*state.calls, *calls.values()),
            turns=turn,
            usage=state.usage.plus(response.usage),
            conversation_id=response.conversation_id or state.conversation_id,
            handed_over=isinstance(last, AgentHandoffEntry),
            response=response,
            stopped=None,
        )

    @property
    def _client(self) -> Any:
        return self.args[0] if self.args else self.kwargs["client"]

    @property
    def _agent(self) -> Any:
        return self.kwargs.get("agent_id") or None

    @property
    def _is_stored(self) -> bool:
        return self.kwargs.get("store") is not False

    def _completion_args(self, state: RunState, *, without_tools: bool) -> dict[str, Any]:
        """Return `completion_args` with `tool_choice` for the next turn, if they change."""
        given: Any = self.kwargs.get("completion_args")
        fields: dict[str, Any] = {}
        if given not in (None, UNSET):
            fields = dict(request_converter.unstructure(given))
        choice = next_choice(fields.get("tool_choice"), state, without_tools=without_tools)
        if choice == fields.get("tool_choice"):
            return {}
        fields.pop("tool_choice", None)
        return {"completion_args": fields | ({"tool_choice": choice} if choice else {})}
