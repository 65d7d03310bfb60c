"""Values of the API as text: in a line, or in a cell of a table."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from mistral_funcs.cli.render.untyped import as_array, as_object, is_object

MOMENTS = ("created", "estimated_start_time")
"""Fields with a Unix timestamp, besides those that end in `_at`."""

LONGEST_LIST = 6
"""Maximum number of items that are shown of a list of numbers."""


def cell(field: str, value: Any) -> str:  # noqa: PLR0911 - a line for each kind of value
    """Return a value as text: times in UTC, lists with commas, flags by their names."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() if is_moment(field):
            return _moment(value)
        case str() | int():
            return str(value)
        case float():
            return f"{value:.6g}"
        case list() if _are(value, int | float):
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
    """Return whether a number in a field is a Unix timestamp."""
    return field in MOMENTS or field.endswith("_at")


def fields_of(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Return the names and texts of the fields of an object, including those of nested objects."""
    for field, each in value.items():
        name = f"{prefix}{field}".replace("_", " ")
        if is_object(each) and not _are_flags(each):
            yield from fields_of(each, f"{prefix}{field}.")
        elif any(is_object(item) for item in as_array(each)):
            for number, item in enumerate(as_array(each)):
                yield "" if number else name, _in_short(item)
        elif each not in (None, "", [], {}):
            yield name, cell(field, each)


def _in_short(value: Any) -> str:
    """Return an object as a line of text."""
    if not is_object(value):
        return cell("", value)
    named = fields_of(value)
    return ", ".join(f"{name.rpartition('.')[2]} {text}" for name, text in named)


def _are(value: Any, kind: Any) -> bool:
    return all(isinstance(each, kind) for each in as_array(value))


def _are_flags(value: Any) -> bool:
    return all(isinstance(each, bool) for each in as_object(value).values())


def _moment(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"
    except (OverflowError, OSError, ValueError):
        return str(seconds)
