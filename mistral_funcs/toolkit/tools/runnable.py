"""The protocols of tools that a run can call: functions, and tools of MCP servers."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias, final, runtime_checkable

from mistral_funcs.schemas.shared.chunks import ContentChunk
from mistral_funcs.schemas.shared.tools import Function

__all__ = ["RunnableTool", "ToolError", "ToolOutput", "ToolSource"]

ToolOutput: TypeAlias = str | Sequence[ContentChunk]
"""The output of a tool for the model: text, or chunks for models that read images in results."""


@final
class ToolError(Exception):
    """An error whose message is sent to the model. Raise it in a tool to guide the model.

    The message of any other exception is not sent, because it may contain secrets.
    """


@runtime_checkable
class RunnableTool(Protocol):
    """A tool that a run can call.

    Attributes:
        definition: Name, description and parameters, as the model sees them.
        confirm: Whether a call requires confirmation.
        timeout: Time limit of a call in seconds. Defaults to that of the run.
    """

    @property
    def definition(self) -> Function:
        """Name, description and parameters, as the model sees them."""
        ...

    @property
    def confirm(self) -> bool:
        """Whether a call requires confirmation."""
        ...

    @property
    def timeout(self) -> float | None:
        """Time limit of a call in seconds. `None` is that of the run."""
        ...

    async def run(self, arguments: Mapping[str, Any]) -> ToolOutput:
        """Call the tool.

        Args:
            arguments: The model's arguments, decoded from JSON.

        Raises:
            ToolError: The call failed. The model sees the message.
        """
        ...


@runtime_checkable
class ToolSource(Protocol):
    """Tools that may change during a run, such as those of an MCP server."""

    def current_tools(self) -> Sequence[RunnableTool]:
        """Return the tools that are available now. Called before each turn."""
        ...
