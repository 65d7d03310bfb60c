"""Times and sizes, exact for programs and readable for people."""

from datetime import UTC, datetime

from rich.filesize import decimal

SPANS = ((60, "minute"), (60 * 60, "hour"), (24 * 60 * 60, "day"))
"""The units of ages and their lengths in seconds, smallest first."""

LONGEST_AGE = 30 * 24 * 60 * 60
"""Age in seconds from which a date is shown instead."""


def moment(value: float | str, form: str) -> str:
    """Return a time in UTC as an ISO date, a date and time, or an age.

    Args:
        value: A Unix timestamp or an ISO date. Other values are returned unchanged.
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
    """Return an age such as `2 hours ago` or `in 2 hours`.

    Args:
        seconds: Age in seconds. Negative for the future.
    """
    length, unit = next((each for each in reversed(SPANS) if abs(seconds) >= each[0]), (0, ""))
    if not length:
        return "just now" if seconds >= 0 else "in a moment"
    number = int(abs(seconds) // length)
    span = f"{number} {unit}{'s' * (number != 1)}"
    return f"{span} ago" if seconds >= 0 else f"in {span}"


def size(value: int, form: str) -> str:
    """Return a number of bytes, with a unit where people read it.

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
