"""Structure hooks for the values of JSON that take each for what it is, and coerce none."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from types import NoneType
from typing import Any

Structure = Callable[[Any, Any], Any]
"""A cattrs structure hook: the value and its type in, what it is structured into out."""

JSON_NAMES: dict[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "a boolean",
    NoneType: "null",
}

FROM_JSON: dict[Any, set[type]] = {
    float: {float, int},
    int: {int, float},
    datetime: {str},
    Mapping: {dict},
    Sequence: {list},
}
"""The types under which JSON may bring what is structured into another type."""


def wrong_type(expected: str, value: object) -> TypeError:
    """Return the error of a value that is not of the expected kind."""
    return TypeError(
        f"expected {expected}, got {JSON_NAMES.get(type(value), type(value).__name__)}"
    )


def strict_str(value: Any, _: Any) -> str:
    """Take a string, and nothing that only could be one."""
    if value.__class__ is not str:
        raise wrong_type("a string", value)
    return value


def strict_bool(value: Any, _: Any) -> bool:
    """Take a boolean."""
    if value.__class__ is not bool:
        raise wrong_type("a boolean", value)
    return value


def strict_int(value: Any, _: Any) -> int:
    """Take a whole number, written as `1` or as `1.0`."""
    if value.__class__ is int:
        return value
    if value.__class__ is float and value.is_integer():
        return int(value)
    raise wrong_type("a whole number", value)


def strict_float(value: Any, _: Any) -> float:
    """Take a number."""
    if value.__class__ is not float and value.__class__ is not int:
        raise wrong_type("a number", value)
    if not isfinite(value):
        raise ValueError("is a number too large")
    return float(value)


def strict_datetime(value: Any, _: Any) -> datetime:
    """Take an ISO 8601 date, in UTC where it names no zone."""
    if value.__class__ is not str:
        raise wrong_type("a date", value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(f"expected a date, got {value[:50]!r}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def strict_none(value: Any, _: Any) -> None:
    """Take `null`."""
    if value is not None:
        raise wrong_type("null", value)
