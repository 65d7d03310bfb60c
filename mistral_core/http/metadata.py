"""Metadata of a call: status, headers, request ID, rate limits, attempts."""

from collections.abc import Mapping
from typing import final

import attrs

from mistral_core.http.messages import NO_HEADERS, Headers
from mistral_core.http.text import in_one_line

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
@attrs.frozen(kw_only=True)
class RateLimit:
    """The caller's quota. `None` is what the server did not report.

    Attributes:
        limit_requests_minute: Requests allowed in a minute.
        remaining_requests_minute: Requests left in this minute.
        limit_requests_month: Requests allowed in a month.
        remaining_requests_month: Requests left in this month.
        limit_tokens_minute: Tokens allowed in a minute.
        remaining_tokens_minute: Tokens left in this minute.
        limit_tokens_month: Tokens allowed in a month.
        remaining_tokens_month: Tokens left in this month.
        tokens_query_cost: Tokens that this call was charged.
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


@final
@attrs.frozen(kw_only=True)
class Call:
    """Metadata of a call, on `Ok` and `Err`.

    Attributes:
        status: The HTTP status of the last response. `None` if there was none.
        headers: The headers of the last response.
        attempts: Number of attempts.
        elapsed: Seconds from the start of the call to the result, pauses included.
    """

    status: int | None = None
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    attempts: int = 0
    elapsed: float = 0.0

    @property
    def request_id(self) -> str | None:
        """The request ID of the last response, to quote to the server's support."""
        return request_id(self.headers)

    @property
    def rate_limit(self) -> RateLimit:
        """The quota that the last response reports."""
        return RateLimit.from_headers(self.headers)


NO_CALL = Call()
"""The metadata of a result without a request."""


def request_id(headers: Mapping[str, str]) -> str | None:
    """Return the request ID from response headers."""
    values = (in_one_line(headers.get(name, "")) for name in REQUEST_ID_HEADERS)
    return next((value for value in values if value), None)
