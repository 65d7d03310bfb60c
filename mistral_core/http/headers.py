"""Headers, and the values read from them: request ID, retry delay and rate limits."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, final

import attrs

from mistral_core.http.text import in_one_line

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_TEXT = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]*")
FRAMING = frozenset({"connection", "content-length", "host", "transfer-encoding"})
"""Headers that only the transport may set."""

SECONDS = re.compile(r"[0-9]+(\.[0-9]*)?", re.ASCII)

REQUEST_ID_HEADERS = ("mistral-correlation-id", "x-kong-request-id", "x-request-id")

RATE_LIMIT_HEADERS = {
    "limit_requests_minute": ("x-ratelimit-limit-req-minute",),
    "remaining_requests_minute": ("x-ratelimit-remaining-req-minute",),
    "limit_requests_month": ("x-ratelimit-limit-req-month",),
    "remaining_requests_month": ("x-ratelimit-remaining-req-month",),
    "limit_tokens_minute": ("x-ratelimit-limit-tokens-minute", "x-ratelimitbysize-limit-minute"),
    "remaining_tokens_minute": (
        "x-ratelimit-remaining-tokens-minute",
        "x-ratelimitbysize-remaining-minute",
    ),
    "limit_tokens_month": ("x-ratelimit-limit-tokens-month", "x-ratelimitbysize-limit-month"),
    "remaining_tokens_month": (
        "x-ratelimit-remaining-tokens-month",
        "x-ratelimitbysize-remaining-month",
    ),
    "tokens_query_cost": ("x-ratelimit-tokens-query-cost", "x-ratelimitbysize-query-cost"),
}
"""The response headers of each field of `RateLimit`, the current name first."""


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
        if not (isinstance(name, str) and HEADER_NAME.fullmatch(name)):
            raise ValueError(f"{name!r} is not a valid header name")
        if not (isinstance(text, str) and HEADER_TEXT.fullmatch(text)):
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
    if SECONDS.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    text = headers.get("retry-after", "").strip()
    if SECONDS.fullmatch(text):
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


@final
@attrs.frozen(kw_only=True)
class RateLimit:
    """The caller's quota. Values that the server did not report are `None`.

    Attributes:
        limit_requests_minute: Requests allowed per minute.
        remaining_requests_minute: Requests left in this minute.
        limit_requests_month: Requests allowed per month.
        remaining_requests_month: Requests left in this month.
        limit_tokens_minute: Tokens allowed per minute.
        remaining_tokens_minute: Tokens left in this minute.
        limit_tokens_month: Tokens allowed per month.
        remaining_tokens_month: Tokens left in this month.
        tokens_query_cost: Tokens charged for this call.
    """

    limit_requests_minute: int | None = None
    remaining_requests_minute: int | None = None
    limit_requests_month: int | None = None
    remaining_requests_month: int | None = None
    limit_tokens_minute: int | None = None
    remaining_tokens_minute: int | None = None
    limit_tokens_month: int | None = None
    remaining_tokens_month: int | None = None
    tokens_query_cost: int | None = None

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> "RateLimit":
        """Read the limits from response headers. Invalid values are ignored."""
        limits: dict[str, int] = {}
        for field, names in RATE_LIMIT_HEADERS.items():
            for name in names:
                text = headers.get(name, "").strip()
                if field not in limits and text.isascii() and text.isdigit() and len(text) < 20:
                    limits[field] = int(text)
        return cls(**limits)
