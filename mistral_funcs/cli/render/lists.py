"""Lists of objects as tables, with the columns of the operation or default columns."""

from typing import Any

from mistral_funcs.cli.render.cells import Form, cell
from mistral_funcs.cli.render.tables import print_table
from mistral_funcs.cli.render.untyped import is_array, is_object, unstructured
from mistral_funcs.cli.render.views import COLUMNS
from mistral_funcs.cli.screen import note, on_terminal

DEFAULT_COLUMNS = ("id", "name", "status", "created_at")
"""The default columns, as far as the items have these fields."""

MOST_COLUMNS = 4
"""Number of columns of a list whose items have none of the default columns."""


def items_of(value: Any) -> list[Any] | None:
    """Return the items of a list, or `None` if a response is not a list.

    A list is an array, an object with an array `data`, or an object without an `id` that has
    exactly one array of objects, which may be empty.
    """
    if is_array(value):
        return value
    if is_array(data := getattr(value, "data", None)):
        return data
    fields = unstructured(value)
    arrays = [each for each in fields.values() if is_array(each) and all(map(is_object, each))]
    return arrays[0] if len(arrays) == 1 and "id" not in fields else None


def print_list(
    items: list[Any], name: str, total: int | None = None, *, more: bool = False
) -> None:
    """Print a list as a table, with a note if it is incomplete.

    Args:
        items: The items.
        name: The name of the operation that returned them.
        total: The total number of items on the server, if known.
        more: Whether the server has another page.
    """
    rows = [unstructured(item) or {"id": str(item)} for item in items]
    columns = _columns(name, rows)
    form: Form = "short" if on_terminal() else "exact"
    lines = ([cell(field, row.get(field), form) for field in columns.values()] for row in rows)
    print_table(list(columns), lines)
    if not items:
        note("No results.")
    elif more or (total and total > len(items)):
        of = f" of {total}" if total else ""
        note(f"Showing {len(items)}{of}. Use --all to show all of them.")


def _columns(name: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return the titles of the columns, each with its field."""
    if name in COLUMNS:
        parts = (each.partition("=") for each in COLUMNS[name].split())
        return {title: field or title for title, _, field in parts}
    present = dict.fromkeys(field for row in rows for field in row)
    usual = [field for field in DEFAULT_COLUMNS if field in present]
    return {field: field for field in usual or list(present)[:MOST_COLUMNS]}
