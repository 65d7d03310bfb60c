"""Tables: as wide as the terminal, and with whole values in a pipe."""

from collections.abc import Iterable

from rich.console import OverflowMethod
from rich.table import Table
from rich.text import Text

from mistral_core.http.text import in_one_line
from mistral_funcs.cli.screen import put, screen

LONGEST_CELL = 1_000
"""Maximum length of a cell on a terminal, whatever its width."""

LONGEST_PIPED_CELL = 10_000
"""Maximum length of a cell in a pipe: in practice, nothing is cut."""


def print_table(titles: list[str], rows: Iterable[list[str]]) -> None:
    """Print a table with one line per row.

    On a terminal, cells that do not fit are cut, except for ids: they are there to be copied.
    """
    console = screen()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    longest = LONGEST_CELL if console.is_terminal else LONGEST_PIPED_CELL
    lines = [[in_one_line(each, longest) for each in row] for row in rows]
    cut: OverflowMethod = "crop" if console.options.ascii_only else "ellipsis"
    beside = sum(len(title) + 2 for title in titles if title != "id")
    for number, title in enumerate(titles):
        column = [line[number] for line in lines]
        figures = any(column) and all(each.replace(".", "").isdecimal() for each in column if each)
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
    if lines:
        put(table)
