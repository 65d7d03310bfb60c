"""Values of the API as text, for a line or a table cell."""

import json
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

from mistral_funcs.cli.render.quantities import moment, size
from mistral_funcs.cli.render.untyped import as_array, as_object, is_object

MOMENTS = ("created", "estimated_start_time")
"""Fields with a time (a Unix timestamp or an ISO date), besides those that end in `_at`."""

SIZES = ("bytes", "size", "total_size")
"""Fields with a number of bytes, besides those that end in `_bytes`."""

LONGEST_LIST = 6
"""Maximum number of items to show of a list of numbers."""

Form: TypeAlias = Literal["exact", "full", "short"]
"""Format of values: for programs, for people, or for people in a table cell."""


def cell(field: str, value: Any, form: Form = "full") -> str:  # noqa: PLR0911 - a line each
    """Return a value as text: times in UTC, lists with commas, true flags by name."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | str() if is_moment(field):
            return moment(value, form)
        case int() if is_size(field):
            return size(value, form)
        case str() | int():
            return str(value)
        case float():
            return f"{value}" if form == "exact" else f"{value:.6g}"
        case list() if _are(value, int | float) and form != "exact":
            many = len(as_array(value)) > LONGEST_LIST
            shown = ", ".join(f"{each:.4g}" for each in as_array(value)[:LONGEST_LIST])
            return f"{len(as_array(value))} numbers: {shown}, ..." if many else shown
        case list() if _are(value, str):
            return ", ".join(as_array(value))
        case dict() if _are_flags(value):
            return ", ".join(name for name, each in as_object(value).items() if each)
        case _:
            return json.dumps(value, ensure_ascii=False)


def is_moment(field: str) -> bool:
    """Return whether a field contains a time."""
    return field in MOMENTS or field.endswith("_at")


def is_size(field: str) -> bool:
    """Return whether a field contains a number of bytes."""
    return field in SIZES or field.endswith("_bytes")


def fields_of(
    value: dict[str, Any], prefix: str = "", form: Form = "full"
) -> Iterator[tuple[str, str]]:
    """Return the names and texts of the fields of an object, including those of nested objects."""
    for field, each in value.items():
        name = f"{prefix}{field}".replace("_", " ")
        if is_object(each) and not _are_flags(each):
            yield from fields_of(each, f"{prefix}{field}.", form)
        elif any(is_object(item) for item in as_array(each)):
            for number, item in enumerate(as_array(each)):
                yield "" if number and form != "exact" else name, _in_short(item, form)
        elif each not in (None, "", [], {}):
            yield name, cell(field, each, form)


def _in_short(value: Any, form: Form) -> str:
    """Return an object as a line of text."""
    if not is_object(value):
        return cell("", value, form)
    named = fields_of(value, form="exact" if form == "exact" else "short")
    return ", ".join(f"{name.rpartition('.')[2]} {text}" for name, text in named)


def _are(value: Any, kind: Any) -> bool:
    return all(isinstance(each, kind) for each in as_array(value))


def _are_flags(value: Any) -> bool:
    return all(isinstance(each, bool) for each in as_object(value).values())
