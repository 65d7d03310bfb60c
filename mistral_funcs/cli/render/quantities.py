"""Moments and sizes: exact for programs, and as people say them."""

from datetime import UTC, datetime

from rich.filesize import decimal

SPANS = ((60, "minute"), (60 * 60, "hour"), (24 * 60 * 60, "day"))
"""The units of ages in seconds, the smallest first."""

LONGEST_AGE = 30 * 24 * 60 * 60
"""Seconds after which a date says more than an age."""


def moment(value: float | str, form: str) -> str:
    """Return a moment in UTC: an ISO date, a date and time, or an age.

    Args:
        value: A Unix timestamp or an ISO date. Anything else is returned as it is.
        form: "exact", "full" or "short".
    """
    then = _parsed(value)
    if then is None or (form == "exact" and isinstance(value, str)):
        return str(value)
    if form == "exact":
        return f"{then:%Y-%m-%dT%H:%M:%SZ}"
    seconds = (datetime.now(UTC) - then).total_seconds()
    near = abs(seconds) < LONGEST_AGE
    if form == "short":
        return age(seconds) if near else f"{then:%Y-%m-%d}"
    return f"{then:%Y-%m-%d %H:%M:%S}{f' ({age(seconds)})' if near else ''}"


def age(seconds: float) -> str:
    """Return how long ago something was, or in what time it will be.

    Args:
        seconds: Seconds since then. Negative if it is in the future.
    """
    length, unit = next((each for each in reversed(SPANS) if abs(seconds) >= each[0]), (0, ""))
    if not length:
        return "just now" if seconds >= 0 else "in a moment"
    number = int(abs(seconds) // length)
    span = f"{number} {unit}{'s' * (number != 1)}"
    return f"{span} ago" if seconds >= 0 else f"in {span}"


def size(value: int, form: str) -> str:
    """Return a number of bytes, with a unit for people.

    Args:
        value: The number.
        form: "exact", "full" or "short".
    """
    if form == "exact" or value < 0:
        return str(value)
    unit = decimal(value)
    return unit if form == "short" or value < 1000 else f"{unit} ({value} bytes)"


def _parsed(value: float | str) -> datetime | None:
    try:
        if not isinstance(value, str):
            return datetime.fromtimestamp(value, UTC)
        then = datetime.fromisoformat(value)
        return (then if then.tzinfo else then.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, OSError, ValueError):
        return None
