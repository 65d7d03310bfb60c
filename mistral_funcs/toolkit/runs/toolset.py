"""The tools of a run, and its options."""

from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from typing import Any, Literal, TypeAlias, final

from mistral_funcs.toolkit.runs.decisions import Decision
from mistral_funcs.toolkit.runs.run_state import RunState
from mistral_funcs.toolkit.tools.callable_tool import tool
from mistral_funcs.toolkit.tools.runnable import RunnableTool, ToolSource

__all__ = ["Tools"]

AnyTool: TypeAlias = Callable[..., Any] | RunnableTool | ToolSource

NO_DECISIONS: Mapping[str, Decision] = {}


@final
class Tools:
    """The tools of a run, and its options. Usable for any number of runs at the same time.

    Attributes:
        max_turns: Maximum number of responses of the model.
        timeout: Seconds that a call may take, if its tool has no time limit.
        on_error: Whether a failed call is reported to the model, or ends the run.
        max_failed_turns: Number of turns in a row without a successful call that end the run.
        respond_at_limit: Whether to request a last response without tools at the limit of turns.
        on_state: A function that is called with the state whenever it changes.
        state: The state to resume. `None` is a new run.
        decisions: Decisions on the pending calls of the state, by the IDs of the calls.
    """

    def __init__(
        self,
        *tools: AnyTool,
        max_turns: int = 10,
        timeout: float | None = 60,
        on_error: Literal["report", "stop"] = "report",
        confirm: Collection[AnyTool | str] = (),
        max_failed_turns: int = 3,
        respond_at_limit: bool = False,
        on_state: Callable[[RunState], object] | None = None,
    ) -> None:
        """Collect tools.

        Args:
            tools: Functions, tools made by `tool`, and sources of tools such as MCP servers.
            max_turns: Maximum number of responses of the model.
            timeout: Seconds that a call may take, if its tool has no time limit. `None` is no
                limit. A function in a thread is abandoned at its limit, and its result dropped.
            on_error: `"report"` reports failed calls to the model. `"stop"` ends the run after the
                other calls of the turn.
            confirm: Tools, or their names, whose calls must be confirmed.
            max_failed_turns: Number of turns in a row without a successful call that end the run.
            respond_at_limit: Whether to request a last response without tools when `max_turns` is
                reached.
            on_state: A function that is called with the state whenever it changes, even when the
                run is cancelled. Save the state there to resume a run after a crash.

        Raises:
            TypeError: A function cannot be a tool.
            ValueError: Two tools have the same name, or an option is out of range.
        """
        for name, limit in (("max_turns", max_turns), ("max_failed_turns", max_failed_turns)):
            if limit < 1:
                raise ValueError(f"`{name}` must be at least 1, got {limit}")
        if timeout is not None and not timeout > 0:
            raise ValueError(f"`timeout` must be positive, got {timeout}")
        if on_error not in ("report", "stop"):
            raise ValueError(f"`on_error` must be 'report' or 'stop', got {on_error!r}")
        sources = tuple(map(_as_source, tools))
        names = [each.definition.name for each in sources if not isinstance(each, ToolSource)]
        check_names(names)
        confirmed = frozenset(map(_name_of, confirm))
        has_sources = len(names) < len(sources)
        if not has_sources and (unknown := sorted(confirmed - {*names})):
            raise ValueError(f"`confirm` names no tool of the run: {', '.join(unknown)}")
        self.max_turns = max_turns
        self.timeout = timeout
        self.on_error = on_error
        self.max_failed_turns = max_failed_turns
        self.respond_at_limit = respond_at_limit
        self.on_state = on_state
        self.state: RunState | None = None
        self.decisions: Mapping[str, Decision] = {}
        self._confirmed = confirmed
        self._sources = sources

    def resume(self, state: RunState, decisions: Mapping[str, Decision] = NO_DECISIONS) -> "Tools":
        """Return the tools to resume a run with: `run(tools.resume(state, decisions), ...)`.

        Pass the state's own messages to the operation, or the ID of its conversation to
        `beta_conversations_append`.

        Args:
            state: The state of a paused, failed or interrupted run.
            decisions: For calls that await confirmation, by their IDs: `Approve()` or `Reject()`.
                Calls without a decision remain pending.
        """
        resumed = copy(self)
        resumed.state, resumed.decisions = state, decisions
        return resumed

    def current(self) -> dict[str, RunnableTool]:
        """Return the tools that are available now, by name.

        Raises:
            ValueError: Two tools have the same name.
        """
        tools: list[RunnableTool] = []
        for source in self._sources:
            if isinstance(source, ToolSource):
                tools += source.current_tools()
            else:
                tools.append(source)
        check_names([each.definition.name for each in tools])
        return {each.definition.name: each for each in tools}

    def must_confirm(self, name: str, tool: RunnableTool) -> bool:
        """Return whether a call of a tool requires confirmation."""
        return tool.confirm or name in self._confirmed


def check_names(names: Sequence[str]) -> None:
    """Check that no two tools have the same name.

    Raises:
        ValueError: Two tools have the same name.
    """
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"Two tools have the same name: {', '.join(twice)}")


def _as_source(each: AnyTool) -> ToolSource | RunnableTool:
    if isinstance(each, ToolSource | RunnableTool):
        return each
    return tool(each)


def _name_of(each: AnyTool | str) -> str:
    if isinstance(each, str):
        return each
    source = _as_source(each)
    if isinstance(source, ToolSource):
        raise TypeError("`confirm` takes tools and names, not sources of tools")
    return source.definition.name
