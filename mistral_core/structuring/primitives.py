"""Structure hooks for primitive JSON values.

They accept values of the right type, and values that convert without loss: a number or a boolean in
a string, or a date in seconds since the Unix epoch. Other values are invalid.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from math import floor, isfinite
from sys import float_info
from types import NoneType
from typing import Any, Protocol

from mistral_core.schema import UnixTime

Structure = Callable[[Any, Any], Any]
"""A cattrs structure hook: a function of a value and its type that returns the structured value."""


class Hooks(Protocol):
    """A source of structure hooks, such as a converter of cattrs."""

    def get_structure_hook(self, _kind: Any, /) -> Structure:
        """Return the hook for a type."""
        ...


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
    UnixTime: {int, float},
    datetime: {str},
    Mapping: {dict},
    Sequence: {list},
}
"""The JSON types that a type accepts, if they differ from the type itself."""


LITERALS: dict[Any, set[type]] = {
    bool: {str},
    int: {str},
    UnixTime: {str},
    float: {str},
    datetime: {int, float},
    NoneType: {dict},
}
"""The JSON types that a union member converts if no member has that type, in order."""

INTEGER = r"([+-]?(?:0|[1-9][0-9]*))(?:\.0+)?"
NUMBER = r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
MAX_NUMBER_LENGTH = 100
"""Maximum length of a string that is converted to a number."""

MIN_UNIX_TIME = 1_000_000_000
"""Minimum time, in 2001, that may have a fraction. A smaller number is unlikely to be a time."""

MAX_DEPTH = 200
"""Maximum depth of unknown JSON: `pickle` and `copy.deepcopy` recurse on each level."""

TOO_LARGE = "is a number that is too large"

MAX_FAULTS = 100
"""Maximum number of faults to collect. More would only take time and memory."""

NOT_EXPLAINED = f"is invalid, like {MAX_FAULTS} items before it"
"""The reason of an `Unknown` after `MAX_FAULTS` others in its list."""


def wrong_type(expected: str, value: object) -> TypeError:
    """Return the error for a value that does not have the expected type."""
    return TypeError(f"must be {expected}, got {JSON_NAMES.get(type(value), type(value).__name__)}")


def strict_str(value: Any, _: Any) -> str:
    """Accept a string."""
    if value.__class__ is not str:
        raise wrong_type("a string", value)
    return value


def strict_bool(value: Any, _: Any) -> bool:
    """Accept a boolean, or one in a string."""
    if value.__class__ is bool:
        return value
    if value.__class__ is str and value in ("true", "false"):
        return value == "true"
    raise wrong_type("a boolean", value)


def strict_int(value: Any, _: Any) -> int:
    """Accept an integer, written as `1` or `1.0`, or one in a string."""
    if value.__class__ is int:
        return value
    if value.__class__ is float and value.is_integer():
        return int(value)
    if digits := _match(INTEGER, value):
        return int(digits[1])
    raise wrong_type("an integer", value)


def strict_float(value: Any, _: Any) -> float:
    """Accept a number, or one in a string."""
    if value.__class__ is not float and value.__class__ is not int and not _match(NUMBER, value):
        raise wrong_type("a number", value)
    try:
        number = float(value)
    except OverflowError:
        raise ValueError(TOO_LARGE) from None
    if not isfinite(number):
        raise ValueError(TOO_LARGE)
    return number


def strict_unix_time(value: Any, _: Any) -> int:
    """Accept seconds since the Unix epoch. A fraction is dropped from times after 2001."""
    seconds = float(value) if _match(NUMBER, value) else value
    if seconds.__class__ is float and isfinite(seconds) and seconds >= MIN_UNIX_TIME:
        return floor(seconds)
    return strict_int(value, int)


def strict_datetime(value: Any, _: Any) -> datetime:
    """Accept an ISO 8601 date, in UTC unless it has an offset, or seconds since the Unix epoch."""
    try:
        if value.__class__ is str:
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if value.__class__ is int or value.__class__ is float:
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        if _match(NUMBER, value):
            return strict_datetime(float(value), datetime)
        raise ValueError(f"must be a date, got {value!r:.50}") from None
    raise wrong_type("a date", value)


def _match(pattern: str, value: Any) -> re.Match[str] | None:
    is_short = value.__class__ is str and len(value) <= MAX_NUMBER_LENGTH
    return re.fullmatch(pattern, value) if is_short else None


def strict_none(value: Any, _: Any) -> None:
    """Accept `null`, or an empty object, which the API's documentation shows in its place."""
    if value is not None and value != {}:
        raise wrong_type("null", value)


def take_any(value: Any, _: Any = None) -> Any:
    """Accept any JSON that can be copied, pickled and sent back.

    Raises:
        ValueError: The value is nested too deeply, or has a number that is too large for a float.
    """
    kind = value.__class__
    if kind is dict or kind is list or kind is float:
        _check_any(value, MAX_DEPTH)
    return value


def _check_any(value: Any, levels: int) -> None:
    kind = value.__class__
    if kind is float:
        if not -float_info.max <= value <= float_info.max:
            raise ValueError(TOO_LARGE)
        return
    if not levels:
        raise ValueError(f"is nested more than {MAX_DEPTH} levels deep")
    for each in value.values() if kind is dict else value:
        inner = each.__class__
        if inner is dict or inner is list or inner is float:
            _check_any(each, levels - 1)


PRIMITIVES: dict[Any, Structure] = {
    Any: take_any,
    UnixTime: strict_unix_time,
    str: strict_str,
    bool: strict_bool,
    int: strict_int,
    float: strict_float,
    NoneType: strict_none,
    datetime: strict_datetime,
}
"""The hooks of types that are not containers."""
