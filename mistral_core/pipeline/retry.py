"""The retry policy: when an attempt is repeated, and after what pause. Only this uses backoff."""

import random
import re
import time
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
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
@attrs.frozen(kw_only=True)
class RetryPolicy:
    """When a failed attempt of a call is repeated.

    Attributes:
        config: What the user has configured.
        idempotent: Whether the request can be sent twice.
        started: When the call began, by the monotonic clock.
        deadline_at: When it must have ended; `None` is no limit.
        may_resend: Returns whether the request can be sent again at all.
    """

    config: RetryConfig
    idempotent: bool
    started: float
    deadline_at: float | None = None
    may_resend: Callable[[], bool] = lambda: True

    def pause_after(self, outcome: Outcome, attempts: int) -> float | None:
        """Return the seconds to pause before another attempt, or `None` if there is none."""
        config = self.config
        if isinstance(outcome, Response) or attempts >= config.max_tries or not self.may_resend():
            return None
        if not may_retry(outcome, config, idempotent=self.idempotent):
            return None
        pause = pause_before(attempts, outcome, config)
        resumed = time.monotonic() + pause
        if resumed - self.started > config.max_elapsed_time:
            return None
        return None if self.deadline_at is not None and resumed >= self.deadline_at else pause


async def settle(
    first: Outcome,
    send: Callable[[], Awaitable[Outcome]],
    policy: RetryPolicy,
    before_retry: Callable[[Outcome, float], Awaitable[None]] | None = None,
) -> Outcome:
    """Return the outcome of the first attempt, or of the last that the policy allows.

    Args:
        first: The outcome of the first attempt.
        send: Makes another attempt.
        policy: When an attempt is repeated.
        before_retry: Called with an outcome and the pause that follows it.
    """
    outcome = first

    async def pauses() -> AsyncGenerator[float, None]:
        """Yield the pause before each further attempt, and make it when resumed."""
        nonlocal outcome
        attempts = 1
        while (pause := policy.pause_after(outcome, attempts)) is not None:
            if before_retry is not None:
                await before_retry(outcome, pause)
            yield pause
            outcome = await send()
            attempts += 1

    async with aclosing(pauses()) as remaining:
        await _drive(remaining)
    return outcome


def _is_due(pause: float | None) -> bool:
    return pause is not None


def _seconds(pause: float) -> float:
    return pause


async def _next(pauses: AsyncGenerator[float, None]) -> float | None:
    return await anext(pauses, None)


with warnings.catch_warnings():
    # To build it, backoff calls what asyncio has deprecated since Python 3.14.
    warnings.simplefilter("ignore", DeprecationWarning)
    # Reached after a failure only. The logger stays off: it would print outcomes.
    _drive = backoff.on_predicate(
        backoff.runtime, _is_due, value=_seconds, jitter=None, logger=None
    )(_next)


def may_retry(failure: Failure, config: RetryConfig, *, idempotent: bool) -> bool:
    """Return whether a failed request can be retried without risking a second execution."""
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
