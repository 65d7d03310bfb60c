"""What happens in a streamed run, and what a run returns."""

from typing import Any, Generic, TypeAlias, TypeVar, final

import attrs

from mistral_funcs.schemas.shared.messages import ChatCompletionRequestMessage
from mistral_funcs.toolkit.runs.run_calls import RunCall, RunUsage
from mistral_funcs.toolkit.runs.run_state import RunState

__all__ = ["Run", "RunChunk", "RunEnd", "RunEvent", "RunToolCall", "RunToolResult"]

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
E_co = TypeVar("E_co", covariant=True)


@final
@attrs.frozen(kw_only=True)
class Run(Generic[R_co]):
    """A run: finished, or paused until calls are confirmed.

    Attributes:
        response: The last response of the model.
        state: Everything done in the run, to save and resume it.
    """

    response: R_co
    state: RunState

    @property
    def text(self) -> str:
        """The text of the last response."""
        response: Any = self.response
        text: str = response.text
        return text

    @property
    def messages(self) -> list[ChatCompletionRequestMessage]:
        """The messages of the chat, to be continued with a user message."""
        return self.state.messages

    @property
    def entries(self) -> list[Any]:
        """The entries of the conversation."""
        return self.state.entries

    @property
    def calls(self) -> tuple[RunCall, ...]:
        """The tool calls, in order."""
        return self.state.calls

    @property
    def pending(self) -> tuple[RunCall, ...]:
        """The calls that await confirmation. Empty if the run is finished."""
        return self.state.pending

    @property
    def usage(self) -> RunUsage:
        """Tokens used by all turns."""
        return self.state.usage


@final
@attrs.frozen
class RunChunk(Generic[E_co]):
    """A chunk of the model's response.

    Attributes:
        text: The added text. Empty if the chunk has none.
        event: The chunk or event as received.
    """

    text: str
    event: E_co


@final
@attrs.frozen
class RunToolCall:
    """A tool call before it starts, or that awaits confirmation.

    Attributes:
        call: The call.
    """

    call: RunCall


@final
@attrs.frozen
class RunToolResult:
    """A tool call that has ended.

    Attributes:
        call: The call, with its output.
    """

    call: RunCall


@final
@attrs.frozen
class RunEnd(Generic[R_co]):
    """The end of a run. It is the last event.

    Attributes:
        run: The run: finished, or paused until calls are confirmed.
    """

    run: Run[R_co]


RunEvent: TypeAlias = RunChunk[Any] | RunToolCall | RunToolResult | RunEnd[R]
"""An event of a streamed run."""
