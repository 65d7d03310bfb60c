"""Structure hooks for single JSON values: each is taken as it is, or read without any loss.

A number or a boolean in a string is read, and so is a date given in seconds since 1970. Anything
else of the wrong type is refused.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from math import floor, isfinite
from sys import float_info
from types import NoneType
from typing import Any

from mistral_core.schema import UnixTime

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
    UnixTime: {int, float},
    datetime: {str},
    Mapping: {dict},
    Sequence: {list},
}
"""The types under which JSON may bring what is structured into another type."""


LITERALS: dict[Any, set[type]] = {
    bool: {str},
    int: {str},
    UnixTime: {str},
    float: {str},
    datetime: {int, float},
    NoneType: {dict},
}
"""The JSON types that are read as another one where nothing else fits, in the order of attempts."""

WHOLE_NUMBER = re.compile(r"([+-]?(?:0|[1-9][0-9]*))(?:\.0+)?")
NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
LONGEST_NUMBER = 100
"""Length of the longest string that is read as a number."""

FIRST_UNIX_TIME = 1_000_000_000
"""The time (in 2001) from which a number with a fraction is a time: below, it is a wrong field."""

DEEPEST = 200
"""How deep unknown JSON may be nested: `pickle` and `copy.deepcopy` recurse on each level."""

TOO_LARGE = "is a number too large"


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
    """Take a boolean, or read one from a string."""
    if value.__class__ is bool:
        return value
    if value.__class__ is str and value in ("true", "false"):
        return value == "true"
    raise wrong_type("a boolean", value)


def strict_int(value: Any, _: Any) -> int:
    """Take a whole number, written as `1` or as `1.0`, or read one from a string."""
    if value.__class__ is int:
        return value
    if value.__class__ is float and value.is_integer():
        return int(value)
    if digits := _match(WHOLE_NUMBER, value):
        return int(digits[1])
    raise wrong_type("a whole number", value)


def strict_float(value: Any, _: Any) -> float:
    """Take a number, or read one from a string."""
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
    """Take seconds since 1970; the fraction of a second is dropped from what is a recent time."""
    seconds = float(value) if _match(NUMBER, value) else value
    if seconds.__class__ is float and isfinite(seconds) and seconds >= FIRST_UNIX_TIME:
        return floor(seconds)
    return strict_int(value, int)


def strict_datetime(value: Any, _: Any) -> datetime:
    """Take an ISO 8601 date, in UTC where it names no zone, or read seconds since 1970."""
    try:
        if value.__class__ is str:
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if value.__class__ is int or value.__class__ is float:
            return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        if _match(NUMBER, value):
            return strict_datetime(float(value), datetime)
        raise ValueError(f"expected a date, got {value!r:.50}") from None
    raise wrong_type("a date", value)


def _match(pattern: re.Pattern[str], value: Any) -> re.Match[str] | None:
    is_short = value.__class__ is str and len(value) <= LONGEST_NUMBER
    return pattern.fullmatch(value) if is_short else None


def strict_none(value: Any, _: Any) -> None:
    """Take `null`, or an empty object, which the API's documents show in its place."""
    if value is not None and value != {}:
        raise wrong_type("null", value)


def take_any(value: Any, _: Any = None) -> Any:
    """Take any JSON that can be copied, pickled and sent back.

    Raises:
        ValueError: It is nested too deep, or has a number that no float holds.
    """
    kind = value.__class__
    if kind is dict or kind is list or kind is float:
        _check_any(value, DEEPEST)
    return value


def _check_any(value: Any, levels: int) -> None:
    kind = value.__class__
    if kind is float:
        if not -float_info.max <= value <= float_info.max:
            raise ValueError(TOO_LARGE)
        return
    if not levels:
        raise ValueError(f"is nested more than {DEEPEST} levels deep")
    for each in value.values() if kind is dict else value:
        inner = each.__class__
        if inner is dict or inner is list or inner is float:
            _check_any(each, levels - 1)
