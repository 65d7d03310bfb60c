"""Text formatting: dates for requests, and untrusted text made safe to show."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

MAX_LINE_LENGTH = 200
MINUTE = timedelta(minutes=1)
USERINFO = re.compile(r"(?<=://)[^\s/@]*@")

UNSAFE = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # Controls, except for newline and tab.
    "\xad\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb"  # Invisible characters, isolates.
    "\u061c\u200e\u200f\u2028-\u202e"  # Marks and overrides of direction, line separators.
    "\U000e0000-\U000e007f\ud800-\udfff"  # Tags, lone surrogates.
    "]"
)
"""Characters that control a terminal, reorder text, are invisible, or cannot be encoded.

The ranges are spelled out because `str.isprintable` depends on the Python version. Joiners (U+200C,
U+200D) are not included: emoji and several scripts need them.
"""

EPOCH = re.compile(r"[0-9]{9,12}(\.[0-9]*)?", re.ASCII)
"""A time in seconds since the Unix epoch; fewer digits are read as a date."""

LINE_END = re.compile(r"\r(?=\n|\Z)")


def harmless(text: str) -> str:
    """Return text with unsafe characters escaped. Newlines and tabs are kept."""
    return UNSAFE.sub(_escape, LINE_END.sub("", text))


def in_one_line(text: str, max_length: int = MAX_LINE_LENGTH) -> str:
    """Return text as one line of limited length, with unsafe characters escaped."""
    shown = UNSAFE.sub(_escape, " ".join(text[:max_length].split()))
    return shown if max(len(text), len(shown)) <= max_length else f"{shown[:max_length]}..."


def without_userinfo(text: str) -> str:
    """Return text with users and passwords removed from its URLs."""
    return USERINFO.sub("", text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def rfc3339(moment: datetime) -> str:
    """Format a date and time by RFC 3339.

    A UTC offset with seconds, which RFC 3339 does not allow, is converted to UTC.

    Raises:
        ValueError: The time has no time zone, or is out of range in UTC.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; add one, such as UTC")
    if offset % MINUTE:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            raise ValueError(f"{moment.isoformat()} is out of range in UTC") from None
    return moment.isoformat()


def as_moment(text: str) -> datetime | None:
    """Parse a time in ISO 8601, as an HTTP date, or in seconds since the Unix epoch.

    A time without a time zone is taken as UTC. Returns `None` for anything else.
    """
    text = text.strip()
    readers = (_from_epoch,) if EPOCH.fullmatch(text) else (datetime.fromisoformat, _from_http)
    for read in readers:
        with suppress(ValueError, OverflowError, OSError):
            moment = read(text)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _from_epoch(text: str) -> datetime:
    return datetime.fromtimestamp(float(text), UTC)


def _from_http(text: str) -> datetime:
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - rarely needed

    return parsedate_to_datetime(text)
