"""Objects as text: one line for each field that has a value."""

from typing import Any

from rich.table import Table
from rich.text import Text

from mistral_core import Unknown
from mistral_core.http.text import harmless, in_one_line
from mistral_funcs.cli.render.cells import fields_of
from mistral_funcs.cli.render.untyped import unstructured
from mistral_funcs.cli.screen import note, put, screen


def print_fields(value: Any) -> None:
    """Print an object as a line for each field that has a value."""
    if isinstance(value, Unknown):
        note(f"This is newer than this program: {value.reason}.")
    grid = Table.grid(padding=(0, 2), pad_edge=False)
    grid.add_column(max_width=screen().width // 2, overflow="fold", style="bold")
    grid.add_column(overflow="fold")
    for name, text in fields_of(unstructured(value) or {"value": str(value)}):
        grid.add_row(in_one_line(name), Text(harmless(text)))
    put(grid)
