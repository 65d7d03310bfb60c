"""How help is laid out: in columns that leave the name of each option whole."""

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
"""The columns of the names, where one of them is as long."""


def help_formatter() -> DefaultFormatter:
    """Return what lays help out."""
    return DefaultFormatter(column_specs=_columns)


def _columns(
    console: Console,  # noqa: ARG001 - they are given by name
    options: ConsoleOptions,  # noqa: ARG001
    entries: list[HelpEntry],
) -> tuple[ColumnSpec, ...]:
    required = ColumnSpec(renderer=AsteriskRenderer(), width=1, style="red bold")
    name = ColumnSpec(renderer=NameRenderer(WIDTH), max_width=WIDTH, style="cyan", overflow="fold")
    description = ColumnSpec(renderer=DescriptionRenderer(), overflow="fold")
    marked = any(entry.required for entry in entries)
    return (required, name, description) if marked else (name, description)
