"""The limit of a model as the user sets it and the server reports it."""

from collections.abc import Mapping
from typing import final

import attrs

from mistral_core.http.headers import RateLimit
from mistral_core.limits.limit import Limit, Window


@final
class LearnedLimit:
    """The effective limit: the lower of the user's and the server's.

    Attributes:
        windows: The windows of the limit.
    """

    windows: tuple[Window, ...]

    def __init__(self, limit: Limit, *, learn: bool, margin: float | None) -> None:
        """Start with the user's limit."""
        self._limit = limit
        self._learn = learn
        self._margin = margin
        self._requests: int | None = None
        self._tokens: int | None = None
        self.windows = limit.windows(margin)

    @property
    def is_known(self) -> bool:
        """Whether requests have a limit, or none will be learned."""
        return not self._learn or any(window.unit == "requests" for window in self.windows)

    @property
    def counts_tokens(self) -> bool:
        """Whether tokens have a limit, or may have one."""
        return self._learn or self._limit.tokens_per_minute is not None

    def read(self, headers: Mapping[str, str]) -> tuple[int | None, int | None]:
        """Learn from the headers of a response.

        Returns:
            The requests and tokens of this minute as counted by the server. `None` where the user's
            limit is lower, or the server does not report them.
        """
        if not self._learn:
            return None, None
        reported = RateLimit.from_headers(headers)
        learned = (
            reported.limit_requests_minute or self._requests,
            reported.limit_tokens_minute or self._tokens,
        )
        if learned != (self._requests, self._tokens):
            self._requests, self._tokens = learned
            self.windows = attrs.evolve(
                self._limit,
                requests_per_minute=_lower(self._limit.requests_per_minute, self._requests),
                tokens_per_minute=_lower(self._limit.tokens_per_minute, self._tokens),
            ).windows(self._margin)
        return (
            _used(
                self._limit.requests_per_minute,
                reported.limit_requests_minute,
                reported.remaining_requests_minute,
            ),
            _used(
                self._limit.tokens_per_minute,
                reported.limit_tokens_minute,
                reported.remaining_tokens_minute,
            ),
        )


def _lower(limit: float | None, reported: int | None) -> float | None:
    return reported if limit is None or (reported is not None and reported < limit) else limit


def _used(limit: float | None, reported: int | None, remaining: int | None) -> int | None:
    is_higher = reported is None or (limit is not None and limit < reported)
    return None if is_higher or remaining is None else (reported or 0) - remaining
