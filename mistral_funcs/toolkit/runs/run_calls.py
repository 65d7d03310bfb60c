"""The tool calls of a run, and the tokens that it used."""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_funcs.schemas.shared.chunks import TextChunk
from mistral_funcs.toolkit.tools.runnable import ToolOutput

__all__ = ["RunCall", "RunUsage"]

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

    @property
    def text(self) -> str:
        """The output as text, in which other chunks are named. Empty before the call has ended."""
        return "" if self.output is None else as_text(self.output)


def as_text(output: ToolOutput) -> str:
    """Return an output as text. Chunks that are not text are named."""
    if isinstance(output, str):
        return output
    return "\n".join(
        chunk.text if isinstance(chunk, TextChunk) else f"[{getattr(chunk, 'type', 'chunk')}]"
        for chunk in output
    )
