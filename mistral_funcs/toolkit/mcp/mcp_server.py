"""Open MCP servers and their tools."""

import warnings
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, final

import attrs

from mistral_funcs.schemas.shared.tools import Function
from mistral_funcs.toolkit.mcp.tool_names import names_for_the_api
from mistral_funcs.toolkit.tools.runnable import RunnableTool, ToolOutput

if TYPE_CHECKING:  # They require the extra `mcp`, and this module does not.
    from mcp_types import Tool

    from mistral_funcs.toolkit.mcp.session_task import SessionTask

__all__ = ["McpServer"]


@final
@attrs.frozen(kw_only=True)
class Selection:
    """The tools of a server that a model can call, and how.

    Attributes:
        prefix: The beginning of the names of all tools.
        include: Names of the tools at the server. `None` is all.
        exclude: Names of tools at the server that are left out.
        confirm: Whether calls require confirmation: all, none, or those of these tools.
        timeout: Time limit of a call in seconds.
        media: Whether images and audio in results are passed to the model.
    """

    prefix: str = ""
    include: Collection[str] | None = None
    exclude: Collection[str] = ()
    confirm: bool | Collection[str] = False
    timeout: float
    media: bool = False

    def select(self, session: "SessionTask") -> "list[McpTool]":
        """Return the selected tools of a session."""
        tools = [
            tool
            for tool in session.tools
            if (self.include is None or tool.name in self.include) and tool.name not in self.exclude
        ]
        names = names_for_the_api([tool.name for tool in tools], self.prefix)
        return [
            McpTool(
                definition=_definition(tool, names[tool.name]),
                confirm=self.confirm
                if isinstance(self.confirm, bool)
                else tool.name in self.confirm,
                timeout=self.timeout,
                session=session,
                name=tool.name,
                media=self.media,
            )
            for tool in tools
        ]

    def unknown(self, names: Collection[str]) -> list[tuple[str, str]]:
        """Return the names that no tool has, each with its parameter."""
        named: list[tuple[str, Collection[str]]] = [
            ("include", self.include or ()),
            ("exclude", self.exclude),
            ("confirm", () if isinstance(self.confirm, bool) else self.confirm),
        ]
        return [(key, name) for key, given in named for name in given if name not in names]


def _definition(tool: "Tool", name: str) -> Function:
    return Function(name=name, description=tool.description, parameters=tool.input_schema)


@final
@attrs.frozen(kw_only=True, eq=False)
class McpTool:
    """A tool of a server.

    Attributes:
        definition: Name, description and parameters, as the model sees them.
        confirm: Whether a call requires confirmation.
        timeout: Time limit of a call in seconds.
        session: The session with the server.
        name: Name of the tool at the server.
        media: Whether images and audio in results are passed to the model.
    """

    definition: Function
    confirm: bool
    timeout: float
    session: "SessionTask" = attrs.field(repr=False)
    name: str
    media: bool

    async def run(self, arguments: Mapping[str, Any]) -> ToolOutput:
        """Call the tool.

        Args:
            arguments: The model's arguments, decoded from JSON.

        Raises:
            ToolError: The call failed. The model sees the message.
        """
        from mistral_funcs.toolkit.mcp.tool_results import output_of  # noqa: PLC0415

        result = await self.session.call(self.name, arguments, self.timeout)
        return output_of(result, media=self.media)


@final
class McpServer:
    """An open MCP server, a source of tools for runs. Enter it with `async with`, which closes it.

    A session that is lost is opened again for the next call: a process is started again. The calls
    that were running fail and are not repeated.

    Attributes:
        name: The name of the server in messages.
    """

    def __init__(self, name: str, session: "SessionTask", selection: Selection) -> None:
        """Use an open session."""
        self.name = name
        self._session = session
        self._selection = selection
        self._listed: Sequence[Tool] | None = None
        self._tools: list[McpTool] = []

    def current_tools(self) -> Sequence[RunnableTool]:
        """Return the tools that are available now. The server can change them at any time."""
        if self._listed is not self._session.tools:
            self._listed = self._session.tools
            self._tools = self._selection.select(self._session)
        return self._tools

    @property
    def rejected(self) -> Mapping[str, str]:
        """The tools that the API would refuse, with the reason. They are not in `current_tools`."""
        return self._session.rejected

    @property
    def instructions(self) -> str | None:
        """The server's instructions for the model, if any."""
        return self._session.instructions

    async def aclose(self) -> None:
        """Close the session, and end the process of the server. Safe to call twice."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        """Return the server itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the server."""
        await self.aclose()

    def __del__(self) -> None:
        if self._session.is_open:
            warnings.warn(f"{self.name} was not closed", ResourceWarning, 1, self)
            self._session.close_soon()

    def __repr__(self) -> str:
        return f"<McpServer {self.name}: {len(self._session.tools)} tools>"
