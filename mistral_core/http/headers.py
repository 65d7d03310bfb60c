"""Headers, and the values read from them: request ID and retry delay."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from string import ascii_letters, digits
from typing import Any, final

from mistral_core.http.text import in_one_line

NAME_CHARACTERS = frozenset(f"!#$%&'*+.^_`|~-{digits}{ascii_letters}")
HEADER_TEXT = r"[^\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]*"
FRAMING = frozenset({"connection", "content-length", "host", "transfer-encoding"})
"""Headers that only the transport may set."""

SECONDS = r"[0-9]+(\.[0-9]*)?"

REQUEST_ID_HEADERS = ("mistral-correlation-id", "x-kong-request-id", "x-request-id")


@final
class Headers(Mapping[str, str]):
    """A case-insensitive mapping of header names to values. Repeated headers are joined."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Create headers from pairs of name and value. Repeated ones are joined by a comma."""
        values: dict[str, str] = {}
        for name, text in pairs:
            key = name.lower()
            values[key] = f"{values[key]}, {text}" if key in values else text
        self._values = values

    def __getitem__(self, name: str) -> str:
        """Return the value of a header."""
        return self._values[str(name).lower()]

    def __contains__(self, name: object) -> bool:
        """Return whether a header of this name exists."""
        return str(name).lower() in self._values

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names, in lower case."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._values)

    def __repr__(self) -> str:
        """Show the names only: values may be secret."""
        return f"<Headers {', '.join(self._values)}>"


NO_HEADERS = Headers()


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return user headers with their names in lower case.

    Raises:
        ValueError: A header cannot be sent.
    """
    untyped: Mapping[Any, Any] = headers
    for name, text in untyped.items():
        if not (isinstance(name, str) and name and NAME_CHARACTERS.issuperset(name)):
            raise ValueError(f"{name!r} is not a valid header name")
        if not (isinstance(text, str) and (text.isprintable() or re.fullmatch(HEADER_TEXT, text))):
            raise ValueError(f"the header {name!r} must be a string without line breaks")
        if name.lower() in FRAMING:
            raise ValueError(f"the header {name!r} must not be set: the transport sets it")
    return {name.lower(): text for name, text in headers.items()}


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the request ID from response headers."""
    values = (in_one_line(headers.get(name, "")) for name in REQUEST_ID_HEADERS)
    return next((value for value in values if value), None)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the delay in seconds that the server requests, or `None` if there is no valid one.

    It is read from `Retry-After-Ms`, or else from `Retry-After`, in seconds or as a date.
    """
    milliseconds = headers.get("retry-after-ms", "").strip()
    if re.fullmatch(SECONDS, milliseconds):
        return float(milliseconds) / 1000
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(SECONDS, text):
        return float(text)
    resumed, now = _date(text), _date(headers.get("date", "")) or datetime.now(UTC)
    return None if resumed is None else max(0.0, (resumed - now).total_seconds())


def _date(text: str) -> datetime | None:
    if not text:
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - servers rarely send a date

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
