"""Dates, durations, decimals and UUIDs in JSON."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from mistral_core.structuring.primitives import wrong_type

DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d{1,6})?)S)?)?",
    re.ASCII,
)
"""A duration in ISO 8601, without years and months, whose lengths differ."""

MAX_LENGTH = 100
"""Maximum length of a scalar in a string."""


def duration(text: str) -> timedelta:
    """Parse a duration in ISO 8601, such as `PT1H30M`.

    Raises:
        ValueError: The string is not a duration.
    """
    match = DURATION.fullmatch(text)
    if match is None or text[-1] in "PT":
        raise ValueError(text)
    parts = {name: float(each) for name, each in match.groupdict("0").items() if name != "sign"}
    length = timedelta(**parts)
    return -length if match["sign"] else length


def duration_text(length: timedelta) -> str:
    """Return a duration in ISO 8601."""
    microseconds = length // timedelta(microseconds=1)
    seconds, fraction = divmod(abs(microseconds), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    digits = f".{fraction:06}".rstrip("0").rstrip(".")
    return f"{'-' if microseconds < 0 else ''}PT{hours}H{minutes}M{seconds}{digits}S"


def _from_text(parse: Callable[[str], Any], name: str, example: str) -> Callable[[Any, Any], Any]:
    """Return a hook that parses a string."""

    def structure(value: Any, _: Any) -> Any:
        if value.__class__ is not str:
            raise wrong_type(name, value)
        try:
            return parse(value[: MAX_LENGTH + 1])
        except (ValueError, ArithmeticError):
            raise ValueError(f"must be {name} such as {example}, got {value!r:.50}") from None

    return structure


def _decimal(value: Any, _: Any) -> Decimal:
    """Accept a number, or a string with one. A float is the shortest decimal that it represents."""
    is_text = value.__class__ is str and len(value) <= MAX_LENGTH
    if value.__class__ is not int and value.__class__ is not float and not is_text:
        raise wrong_type("a number", value)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise ValueError(f"must be a number, got {value!r:.50}")
    return number


def _seconds_or_text(value: Any, _: Any) -> timedelta:
    """Accept a duration in ISO 8601, or a number of seconds."""
    if value.__class__ is int or value.__class__ is float:
        try:
            return timedelta(seconds=value)
        except (ValueError, OverflowError):
            raise ValueError(f"must be a duration, got {value!r:.50}") from None
    length: timedelta = _duration(value, timedelta)
    return length


_duration = _from_text(duration, "a duration", "'PT1H30M'")

SCALARS: dict[Any, Callable[[Any, Any], Any]] = {
    date: _from_text(date.fromisoformat, "a date", "'2025-01-31'"),
    time: _from_text(time.fromisoformat, "a time", "'13:30:00'"),
    timedelta: _seconds_or_text,
    UUID: _from_text(UUID, "a UUID", "'12345678-1234-5678-1234-567812345678'"),
    Decimal: _decimal,
}
"""Hooks that structure values, by type."""
