"""The layout of help pages: columns that do not break option names."""

from cyclopts.help import (
    AsteriskRenderer,
    ColumnSpec,
    DefaultFormatter,
    DescriptionRenderer,
    HelpEntry,
    NameRenderer,
)
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding

WIDTH = 34
"""Maximum width of the name column."""

NARROW = 60
"""Terminals narrower than this show descriptions below the names, not beside them."""


def help_formatter() -> DefaultFormatter:
    """Return the formatter of help pages."""
    return DefaultFormatter(column_specs=_columns)


def _columns(
    console: Console,
    options: ConsoleOptions,  # noqa: ARG001 - cyclopts passes it by name
    entries: list[HelpEntry],
) -> tuple[ColumnSpec, ...]:
    required = ColumnSpec(renderer=AsteriskRenderer(), width=1, style="red bold")
    name = ColumnSpec(renderer=NameRenderer(WIDTH), max_width=WIDTH, style="cyan", overflow="fold")
    description = ColumnSpec(renderer=DescriptionRenderer(), overflow="fold")
    columns: tuple[ColumnSpec, ...] = (name, description)
    if console.width < NARROW:
        columns = (ColumnSpec(renderer=_stacked, overflow="fold"),)
    marked = any(entry.required for entry in entries)
    return (required, *columns) if marked else columns


def _stacked(entry: HelpEntry) -> RenderableType:
    """Return a name with its description below it."""
    description: RenderableType = DescriptionRenderer()(entry)
    return Group(NameRenderer(WIDTH)(entry), Padding(description, (0, 0, 0, 2)))
