"""Text on the wire and on a screen: dates and times, and foreign text made safe to show."""

import re
from datetime import UTC, datetime, timedelta

LONGEST_FACT = 200
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
"""Characters that drive a terminal, reorder text or hide in it, or that no encoding has.

The ranges are spelled out, since what `str.isprintable` says depends on the Python version.
Joiners (U+200C, U+200D) are left out: emoji and several scripts need them.
"""

LINE_END = re.compile(r"\r(?=\n|\Z)")


def harmless(text: str) -> str:
    """Return text with its unsafe characters as visible escapes; newlines and tabs stay."""
    return UNSAFE.sub(_escape, LINE_END.sub("", text))


def in_one_line(text: str, longest: int = LONGEST_FACT) -> str:
    """Return text as one line of limited length, with its unsafe characters as escapes."""
    shown = UNSAFE.sub(_escape, " ".join(text[:longest].split()))
    return shown if max(len(text), len(shown)) <= longest else f"{shown[:longest]}..."


def without_userinfo(text: str) -> str:
    """Return a text whose URLs have no user and password."""
    return USERINFO.sub("", text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def rfc3339(moment: datetime) -> str:
    """Return a date and time as RFC 3339 text.

    RFC 3339 has no seconds in a UTC offset: local mean times of the past are converted to UTC.

    Raises:
        ValueError: It has no time zone, or none of the years 1 to 9999 in UTC.
    """
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give it one, such as UTC")
    if offset % MINUTE:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            raise ValueError(f"{moment.isoformat()} is out of range in UTC") from None
    return moment.isoformat()
