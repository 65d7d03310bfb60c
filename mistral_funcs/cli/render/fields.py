"""Objects as text: one line per field that has a value, with tabs in a pipe."""

from typing import Any

from rich.table import Table
from rich.text import Text

from mistral_core import Unknown
from mistral_core.http.text import harmless, in_one_line
from mistral_funcs.cli.render.cells import fields_of
from mistral_funcs.cli.render.tables import write_rows
from mistral_funcs.cli.render.untyped import unstructured
from mistral_funcs.cli.screen import note, on_terminal, put, screen


def print_fields(value: Any) -> None:
    """Print an object with one line per field that has a value."""
    if isinstance(value, Unknown):
        note(f"Unknown to this version of the program: {value.reason}.")
    fields = unstructured(value) or {"value": str(value)}
    if not on_terminal():
        write_rows(fields_of(fields, form="exact"))
        return
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(max_width=screen().width // 2, overflow="fold", style="bold")
    grid.add_column(overflow="fold")
    for name, text in fields_of(fields):
        grid.add_row(in_one_line(name), Text(harmless(text)))
    put(grid)
