"""When a call is tried again, and after what pause; the only module that imports backoff."""

import random
import re
import time
import warnings
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeAlias, assert_never, final

import attrs
import backoff

from mistral_core.errors import (
    APIConnectionError,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
)
from mistral_core.http.messages import Headers, Response
from mistral_core.options import RetryConfig

Outcome: TypeAlias = Response | Failure

CAPACITY_EXCEEDED = "service_tier_capacity_exceeded"
"""The type of error with which the API says that it is busy and has done nothing."""

SECONDS = re.compile(r"[0-9]+(\.[0-9]*)?", re.ASCII)


@final
@attrs.define
class Attempts:
    """Make the further attempts of a call that failed, until one settles it.

    Attributes:
        send: Makes one attempt.
        idempotent: Whether the request may be sent twice.
        config: When to try again.
        started: When the call began, by the monotonic clock.
        deadline: When it must have ended; `None` is never.
        before_retry: Sees the outcome and the pause where another attempt follows.
        may_resend: Tells whether there still is a body to send.
        outcome: What the last attempt gave.
        count: How many attempts were made.
        pause: Seconds before the next attempt; `None` where the call is settled.
        retrying: Whether the first pause has been asked for.
    """

    send: Callable[[], Awaitable[Outcome]]
    idempotent: bool
    config: RetryConfig
    started: float
    deadline: float | None
    before_retry: Callable[[Outcome, float], Awaitable[None]] | None = None
    may_resend: Callable[[], bool] = lambda: True
    outcome: Outcome = attrs.field(init=False)
    count: int = 1
    pause: float | None = None
    retrying: bool = False

    async def settle(self, first: Outcome) -> Outcome:
        """Return the outcome of the first attempt, or of the last that the policy lets follow."""
        await self._weigh(first)
        if self.pause is not None:
            await _retry(self)
        return self.outcome

    async def attempt(self) -> None:
        """Make one attempt, and find the pause before another."""
        self.count += 1
        await self._weigh(await self.send())

    async def _weigh(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.pause = None if isinstance(outcome, Response) else self._pause_after(outcome)
        if self.pause is not None and self.before_retry is not None:
            await self.before_retry(outcome, self.pause)

    def _pause_after(self, failure: Failure) -> float | None:
        config = self.config
        if self.count >= config.max_tries or not self.may_resend():
            return None
        if not may_retry(failure, config, idempotent=self.idempotent):
            return None
        pause = pause_before(self.count, failure, config)
        resumed = time.monotonic() + pause
        if resumed - self.started > config.max_elapsed_time:
            return None
        return None if self.deadline is not None and resumed >= self.deadline else pause


def _is_due(pause: float | None) -> bool:
    return pause is not None


def _seconds(pause: float) -> float:
    return pause


async def _again(attempts: Attempts) -> float | None:
    """Return the pause after the failed attempt at first, and then after one more each time."""
    if attempts.retrying:
        await attempts.attempt()
    attempts.retrying = True
    return attempts.pause


with warnings.catch_warnings():
    # To build it, backoff calls what asyncio has deprecated since Python 3.14.
    warnings.simplefilter("ignore", DeprecationWarning)
    # Built once, and reached after a failure only. The logger stays off: it would print outcomes.
    _retry = backoff.on_predicate(
        backoff.runtime, _is_due, value=_seconds, jitter=None, logger=None
    )(_again)


def may_retry(failure: Failure, config: RetryConfig, *, idempotent: bool) -> bool:
    """Tell whether a request that failed may be sent again, and never be done twice."""
    repeatable = idempotent or config.retry_non_idempotent
    match failure:
        case _ if config.strategy == "none":
            return False
        case SDKError(status=429):
            return failure.retryable and 429 in config.status_codes
        case SDKError(status=503) if not repeatable:
            refused = "retry-after" in failure.headers or failure.type == CAPACITY_EXCEEDED
            return refused and 503 in config.status_codes
        case SDKError():
            return repeatable and failure.status in config.status_codes
        case APIConnectionError() | RequestTimeoutError():
            again = config.retry_connection_errors and failure.retryable
            return again and (repeatable or not failure.sent)
        case HTTPValidationError() | ResponseValidationError() | InvalidRequestError():
            return False
        case _:
            assert_never(failure)


def pause_before(retry: int, failure: Failure, config: RetryConfig) -> float:
    """Return the seconds to pause before the nth retry: what the server asks for, and some more.

    Where the server asks for nothing, half of the interval is certain and half of it is chance.
    """
    try:
        interval = config.initial_interval * config.exponent ** (retry - 1)
    except OverflowError:
        interval = config.max_interval
    interval = min(interval, config.max_interval)
    asked = retry_after(failure.headers) if isinstance(failure, SDKError) else None
    least = interval / 2 if asked is None else asked
    return least + random.random() * interval / 2  # noqa: S311


def retry_after(headers: Headers) -> float | None:
    """Return the seconds that the server asks to pause; `None` where it says nothing sensible.

    It does so in `Retry-After`, in seconds or as a date, or in `Retry-After-Ms`.
    """
    milliseconds = headers.get("retry-after-ms", "").strip()
    if SECONDS.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    text = headers.get("retry-after", "").strip()
    if SECONDS.fullmatch(text):
        return float(text)
    then, now = _date(text), _date(headers.get("date", "")) or datetime.now(UTC)
    return None if then is None else max(0.0, (then - now).total_seconds())


def _date(text: str) -> datetime | None:
    if not text:
        return None
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - servers seldom send a date

    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
