"""The state of a run: plain data that can be saved and resumed in another process."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, cast, final

import attrs

from mistral_core import Err, InvalidRequestError, Ok, Result
from mistral_core.request.encode import encode_json
from mistral_core.response.json_text import decode_json
from mistral_core.structuring.converter import converter, faults
from mistral_funcs.schemas.shared.chunks import ContentChunk
from mistral_funcs.schemas.shared.completions import ChatCompletionResponse
from mistral_funcs.schemas.shared.messages import (
    AssistantMessage,
    ChatCompletionRequestMessage,
    ToolMessage,
)
from mistral_funcs.toolkit.runs.run_calls import CallStatus, RunCall, RunUsage, as_text
from mistral_funcs.toolkit.tools.runnable import ToolOutput

if TYPE_CHECKING:
    from mistral_funcs.schemas.beta.conversations.conversation import ConversationResponse
    from mistral_funcs.schemas.beta.conversations.entries import (
        FunctionResultEntry,
        ToolCallConfirmation,
    )

__all__ = ["RunState"]

VERSION: Final = 1
"""Version of saved states. States of other versions are rejected."""


@final
@attrs.frozen(kw_only=True)
class RunState:
    """Everything done in a run so far. It contains no credentials.

    Attributes:
        id: ID of the run. It stays the same when a saved run is resumed.
        kind: Whether the run completes a chat or a conversation stored at the server.
        history: Messages or entries, without the results of the last turn.
        calls: The tool calls, in order.
        turns: Number of responses of the model.
        failed_turns: Number of turns in a row in which no tool call succeeded.
        usage: Tokens used by all turns.
        conversation_id: ID of the conversation, if any.
        handed_over: Whether the last response handed over to another agent, which comes next.
        stopped: Why the run ended early, if it did.
        response: The last response of the model.
    """

    id: str
    kind: Literal["chat", "conversation"]
    history: tuple[Any, ...] = ()
    calls: tuple[RunCall, ...] = ()
    turns: int = 0
    failed_turns: int = 0
    usage: RunUsage = attrs.field(factory=RunUsage)
    conversation_id: str | None = None
    handed_over: bool = False
    stopped: str | None = None
    response: "ChatCompletionResponse | ConversationResponse | None" = None

    @property
    def last_calls(self) -> tuple[RunCall, ...]:
        """The calls of the last turn, whose results the model has not seen."""
        return tuple(call for call in self.calls if call.turn == self.turns)

    @property
    def pending(self) -> tuple[RunCall, ...]:
        """The calls that await confirmation."""
        return tuple(call for call in self.calls if call.status == "pending")

    @property
    def messages(self) -> list[ChatCompletionRequestMessage]:
        """The messages of a chat. A user message can be appended, however the run ended.

        Calls that have not run have results that say so. Empty for a conversation.
        """
        if self.kind != "chat":
            return []
        results = self.open_messages
        if not results:
            return list(self.history)
        note = AssistantMessage(content=f"(The run stopped here: {self._cause}.)")
        return [*self.history, *results, note]

    @property
    def entries(self) -> list[Any]:
        """The entries of a conversation. Empty for a chat."""
        return list(self.history) if self.kind == "conversation" else []

    @property
    def open_messages(self) -> list[ToolMessage]:
        """The results of a chat's last turn, which the model has not seen."""
        return [
            ToolMessage(
                content=output if isinstance(output, str) else [*output],
                tool_call_id=call.id,
                name=call.name,
            )
            for call, output in self._open_outputs()
        ]

    @property
    def open_results(self) -> "list[FunctionResultEntry]":
        """The results of a conversation's last turn, which the model has not seen.

        To continue a conversation whose run ended early, pass them before the user's message in
        `inputs`, and `open_confirmations` as `tool_confirmations`.
        """
        from mistral_funcs.schemas.beta.conversations.entries import (  # noqa: PLC0415 - chats need none
            FunctionResultEntry,
        )

        return [
            FunctionResultEntry(tool_call_id=call.id, result=as_text(output))
            for call, output in self._open_outputs()
        ]

    @property
    def open_confirmations(self) -> "list[ToolCallConfirmation]":
        """The decisions on connectors' calls of the last turn. Pending calls are denied."""
        from mistral_funcs.schemas.beta.conversations.entries import (  # noqa: PLC0415 - as above
            ToolCallConfirmation,
        )

        return [
            ToolCallConfirmation(
                tool_call_id=call.id,
                confirmation="allow" if call.status == "confirmed" else "deny",
            )
            for call in self.last_calls
            if call.at_server
        ]

    def _open_outputs(self) -> Iterator[tuple[RunCall, ToolOutput]]:
        """Return the calls of the last turn with the outputs for the model if the run ends here."""
        for call in self.last_calls:
            if not call.at_server:
                yield call, _unfinished(call, self._cause) if call.output is None else call.output

    @property
    def _cause(self) -> str:
        """Why the run ended here."""
        return self.stopped or (
            "a call awaits confirmation" if self.pending else "it was interrupted"
        )

    def to_json(self) -> str:
        """Return the state as JSON, for `RunState.from_json`."""
        data = attrs.asdict(self, recurse=False)
        data["usage"] = attrs.asdict(self.usage)
        data["response"] = converter.unstructure(self.response)
        data["history"] = [converter.unstructure(each) for each in self.history]
        data["calls"] = [
            {
                name: each
                for name, each in attrs.asdict(call, recurse=False).items()
                if name in SAVED
            }
            | {"output": converter.unstructure(call.output)}
            for call in self.calls
        ]
        return encode_json({"version": VERSION, **data}).decode()

    @staticmethod
    def from_json(text: str) -> "Result[RunState, InvalidRequestError]":
        """Restore a saved state. An `Err` if it is invalid or of another version."""
        try:
            data: Any = decode_json(text.encode(errors="surrogatepass"))
        except (ValueError, RecursionError) as error:
            return Err(InvalidRequestError(f"The saved run is not JSON: {error}", "state"))
        saved = cast("dict[str, Any]", data if isinstance(data, dict) else {})
        version = saved.get("version")
        if version != VERSION:
            return Err(
                InvalidRequestError(
                    f"The saved run has version {version!r}; only version {VERSION} can be resumed",
                    "state",
                )
            )
        try:
            state = converter.structure(saved, _SavedState)
            kind = _response_class(state.kind)
            response: Any = state.response and converter.structure(state.response, kind)
        except Exception as error:  # noqa: BLE001
            reasons = "; ".join(map(str, faults(error)))
            return Err(InvalidRequestError(f"The saved run is invalid: {reasons}", "state"))
        fields = attrs.asdict(state, recurse=False)
        fields["history"] = tuple(state.history)
        fields["calls"] = tuple(
            RunCall(**attrs.asdict(call, recurse=False)) for call in state.calls
        )
        fields["response"] = response
        return Ok(RunState(**fields))


NEW: Final = RunState(id="", kind="chat")
"""The state of a run that could not start."""


@attrs.frozen(kw_only=True)
class _SavedCall:
    """A call as it is saved. It has the fields of `RunCall` except the exception."""

    id: str
    name: str
    arguments: dict[str, Any] | str
    turn: int
    status: CallStatus
    output: str | list[ContentChunk] | None = None
    duration: float | None = None
    at_server: bool = False
    approved: bool = False
    edited: bool = False


@attrs.frozen(kw_only=True)
class _SavedState:
    """A state as it is saved."""

    id: str
    kind: Literal["chat", "conversation"]
    history: list[Any]
    calls: list[_SavedCall]
    turns: int
    failed_turns: int
    usage: RunUsage
    conversation_id: str | None = None
    handed_over: bool = False
    stopped: str | None = None
    response: dict[str, Any] | None = None


SAVED = frozenset(field.name for field in attrs.fields(_SavedCall))


def _response_class(kind: Literal["chat", "conversation"]) -> type[Any]:
    if kind == "chat":
        return ChatCompletionResponse
    from mistral_funcs.schemas.beta.conversations.conversation import (  # noqa: PLC0415 - as above
        ConversationResponse,
    )

    return ConversationResponse


def _unfinished(call: RunCall, cause: str) -> str:
    """Return the output for the model of a call that has not ended."""
    if call.status == "running":
        return f"Error: interrupted while running ({cause}). The call may have had effects."
    if call.status == "pending":
        return "Error: not run, because the call was not confirmed."
    return f"Error: not run ({cause})."
