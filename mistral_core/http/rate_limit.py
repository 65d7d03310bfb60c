"""The caller's quota, read from response headers."""

from collections.abc import Mapping
from typing import final

import attrs

from mistral_core.shared_methods import SharedMethods

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
class RateLimit(SharedMethods):
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
