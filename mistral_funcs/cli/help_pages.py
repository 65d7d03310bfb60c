"""The layout of help: columns that do not break the names of options."""

from cyclopts.help import (
    AsteriskRenderer,
    ColumnSpec,
    DefaultFormatter,
    DescriptionRenderer,
    HelpEntry,
    NameRenderer,
)
from rich.console import Console, ConsoleOptions

WIDTH = 34
"""Maximum width of the column of names."""


def help_formatter() -> DefaultFormatter:
    """Return the formatter of help pages."""
    return DefaultFormatter(column_specs=_columns)


def _columns(
    console: Console,  # noqa: ARG001 - cyclopts passes them by name
    options: ConsoleOptions,  # noqa: ARG001
    entries: list[HelpEntry],
) -> tuple[ColumnSpec, ...]:
    required = ColumnSpec(renderer=AsteriskRenderer(), width=1, style="red bold")
    name = ColumnSpec(renderer=NameRenderer(WIDTH), max_width=WIDTH, style="cyan", overflow="fold")
    description = ColumnSpec(renderer=DescriptionRenderer(), overflow="fold")
    marked = any(entry.required for entry in entries)
    return (required, name, description) if marked else (name, description)
