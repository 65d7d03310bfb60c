"""The state of a run: plain data that can be saved and resumed in another process."""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias, cast, final

import attrs

from mistral_core import Err, InvalidRequestError, Ok, Result
from mistral_core.request.encode import encode_json
from mistral_core.response.decode import decode_json
from mistral_core.structuring.converter import converter, faults
from mistral_funcs.schemas.shared.chunks import ContentChunk
from mistral_funcs.schemas.shared.completions import ChatCompletionResponse
from mistral_funcs.schemas.shared.messages import (
    AssistantMessage,
    ChatCompletionRequestMessage,
    ToolMessage,
)
from mistral_funcs.toolkit.tools.runnable import ToolOutput

__all__ = ["RunCall", "RunState", "RunUsage"]

VERSION: Final = 1
"""Version of saved states. States of other versions are rejected."""

CallStatus: TypeAlias = Literal[
    "waiting",
    "running",
    "pending",
    "succeeded",
    "failed",
    "timed_out",
    "cancelled",
    "rejected",
    "skipped",
    "confirmed",
]

OPEN = frozenset({"waiting", "running", "pending"})
"""Statuses of calls that have not ended."""


@final
@attrs.frozen(kw_only=True)
class RunUsage:
    """Tokens used by all turns of a run.

    Attributes:
        prompt_tokens: Number of tokens in the prompts.
        completion_tokens: Number of generated tokens.
        total_tokens: Total number of tokens.
        connector_tokens: Number of tokens used by connectors.
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0
    connector_tokens: int = 0

    def plus(self, usage: Any) -> "RunUsage":
        """Return the sum with the usage of a response."""
        return RunUsage(
            prompt_tokens=self.prompt_tokens + usage.prompt_tokens,
            completion_tokens=self.completion_tokens + usage.completion_tokens,
            total_tokens=self.total_tokens + usage.total_tokens,
            connector_tokens=self.connector_tokens + (getattr(usage, "connector_tokens", 0) or 0),
        )


@final
@attrs.frozen(kw_only=True)
class RunCall:
    """A tool call of a run.

    Attributes:
        id: ID of the call, unique in the run. It stays the same when a saved run is resumed.
        name: Name of the tool.
        arguments: The model's arguments, or those that replaced them in a confirmation. A string
            if they are not a JSON object.
        turn: Number of the turn that requested the call, from 1.
        status: `"pending"` while the call awaits confirmation, `"waiting"` before it starts. A call
            ends as `"succeeded"`, `"failed"`, `"timed_out"`, `"cancelled"`, `"rejected"` or
            `"skipped"`. A connector's call that was allowed to run at the server is `"confirmed"`.
        output: What the model is sent, if the call has ended.
        duration: Seconds that the call took, if it was started.
        at_server: Whether the call belongs to a connector and runs at the server.
        approved: Whether the user approved the call.
        edited: Whether the user changed the arguments.
        exception: The exception that the tool raised. Not saved.
    """

    id: str
    name: str
    arguments: Mapping[str, Any] | str
    turn: int
    status: CallStatus = "waiting"
    output: ToolOutput | None = None
    duration: float | None = None
    at_server: bool = False
    approved: bool = False
    edited: bool = False
    exception: Exception | None = attrs.field(default=None, eq=False, repr=False)


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
        stopped: Why the run ended early, if it did.
        response: The last response of the model.
    """

    id: str
    kind: Literal["chat", "conversation"]
    history: tuple[Any, ...] = ()
    calls: tuple[RunCall, ...] = ()
    turns: int = 0
    failed_turns: int = 0
    usage: RunUsage = RunUsage()
    conversation_id: str | None = None
    stopped: str | None = None
    response: ChatCompletionResponse | None = None

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
        """The messages of a chat. A user message can be appended, whatever the run ended with.

        Calls that have not run have results that say so. Empty for a conversation.
        """
        if self.kind != "chat":
            return []
        results = self.results()
        if not results:
            return list(self.history)
        note = AssistantMessage(content=f"(The run stopped here: {self._cause}.)")
        return [*self.history, *results, note]

    @property
    def entries(self) -> list[Any]:
        """The entries of a conversation. Empty for a chat."""
        return list(self.history) if self.kind == "conversation" else []

    def results(self) -> list[ToolMessage]:
        """Return the results of the last turn for the model, in the order of the calls."""
        return [
            ToolMessage(
                content=call.output if isinstance(call.output, str) else [*call.output],
                tool_call_id=call.id,
                name=call.name,
            )
            for call in map(self._with_output, self.last_calls)
            if call.output is not None
        ]

    @property
    def _cause(self) -> str:
        """Why the run ended here."""
        return self.stopped or (
            "a call awaits confirmation" if self.pending else "it was interrupted"
        )

    def _with_output(self, call: RunCall) -> RunCall:
        """Return a call with what the model is told if the run ends here."""
        if call.output is not None or call.at_server:
            return call
        return attrs.evolve(call, output=_unfinished(call, self._cause))

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
        version = data.get("version") if isinstance(data, dict) else None
        if version != VERSION:
            return Err(
                InvalidRequestError(
                    f"The saved run has version {version!r}; only version {VERSION} can be resumed",
                    "state",
                )
            )
        try:
            saved = cast("dict[str, Any]", data)
            state = converter.structure(
                {name: each for name, each in saved.items() if name != "calls"}, _SavedState
            )
            calls = converter.structure(saved.get("calls"), list[_SavedCall])
        except Exception as error:  # noqa: BLE001
            reasons = "; ".join(map(str, faults(error)))
            return Err(InvalidRequestError(f"The saved run is invalid: {reasons}", "state"))
        fields = attrs.asdict(state, recurse=False)
        fields["history"] = tuple(state.history)
        fields["calls"] = tuple(RunCall(**attrs.asdict(call, recurse=False)) for call in calls)
        return Ok(RunState(**fields))


NEW: Final = RunState(id="", kind="chat")
"""The state of a run that could not start."""


@attrs.frozen(kw_only=True)
class _SavedCall:
    """A call as it is saved. It has the fields of `RunCall` but the exception."""

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
    """A state as it is saved, without its calls."""

    id: str
    kind: Literal["chat", "conversation"]
    history: list[Any]
    turns: int
    failed_turns: int
    usage: RunUsage
    conversation_id: str | None = None
    stopped: str | None = None
    response: ChatCompletionResponse | None = None


SAVED = frozenset(field.name for field in attrs.fields(_SavedCall))


def _unfinished(call: RunCall, cause: str) -> str:
    """Return what the model is told about a call that has not ended."""
    if call.status == "running":
        return f"Error: interrupted while running ({cause}). The call may have had effects."
    if call.status == "pending":
        return "Error: not run, because the call was not confirmed."
    return f"Error: not run ({cause})."
