"""Tables as wide as the terminal. In a pipe, rows of complete values separated by tabs."""

import re
import sys
from collections.abc import Iterable, Sequence

from rich.console import Group, OverflowMethod, RenderableType
from rich.table import Table
from rich.text import Text

from mistral_core.http.text import in_one_line
from mistral_funcs.cli.screen import on_terminal, put, screen, write

LONGEST_CELL = 1_000
"""Maximum length of a cell on a terminal of any width."""

NARROW = 60
"""On terminals narrower than this, a table with ids is printed as records."""

FIGURES = re.compile(r"[\d.]+( (bytes?|[kMGTPEZY]B))?")
"""The cells that are aligned to the right."""


def print_table(titles: list[str], rows: Iterable[list[str]]) -> None:
    """Print a table with one line per row.

    On a terminal, cells that do not fit are truncated, except ids, so that they can be copied.
    In a pipe, titles are omitted.
    """
    if not on_terminal():
        write_rows(rows)
        return
    console = screen()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    lines = [[in_one_line(each, LONGEST_CELL) for each in row] for row in rows]
    if not lines:
        return
    if console.width < NARROW and "id" in titles:
        put(_records(titles, lines))
        return
    cut: OverflowMethod = "crop" if console.options.ascii_only else "ellipsis"
    beside = sum(len(title) + 2 for title in titles if title != "id")
    for number, title in enumerate(titles):
        column = [line[number] for line in lines]
        figures = any(column) and all(map(FIGURES.fullmatch, filter(None, column)))
        table.add_column(
            title.replace("_", " ").upper(),
            justify="right" if figures else "left",
            min_width=None if title == "id" else min(len(title), console.width // len(titles)),
            no_wrap=title == "id" and max(map(len, column), default=0) + beside <= console.width,
            overflow="fold" if title == "id" else cut,
        )
    for line in lines:
        cells = zip(titles, line, strict=True)
        table.add_row(*(Text(each, no_wrap=title != "id") for title, each in cells))
    put(table)


def _records(titles: list[str], lines: list[list[str]]) -> Group:
    """Return rows as records, one below the other: the id, then the other cells."""
    records: list[RenderableType] = []
    for line in lines:
        cells = dict(zip(titles, line, strict=True))
        records.append(Text(cells.pop("id"), style="bold", overflow="fold"))
        grid = Table.grid(padding=(0, 2))
        grid.add_column()
        grid.add_column(overflow="fold")
        for title, each in cells.items():
            if each:
                grid.add_row(f"  {title.replace('_', ' ')}", Text(each))
        records.append(grid)
    return Group(*records)


def write_rows(rows: Iterable[Sequence[str]]) -> None:
    """Write one line per row for programs, with cells separated by tabs."""
    for row in rows:
        write("\t".join(in_one_line(each, sys.maxsize) for each in row) + "\n")
