"""The retry policy: when to retry, and after what pause. The only module that uses backoff."""

import random
import time
import warnings
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
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
from mistral_core.http.messages import Response
from mistral_core.options import RetryConfig

Outcome: TypeAlias = Response | Failure

CAPACITY_EXCEEDED = "service_tier_capacity_exceeded"
"""The API's error type for a server that is busy and has not executed the request."""


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class RetryPolicy:
    """The retry policy of one call.

    Attributes:
        config: The user's configuration.
        idempotent: Whether the request can safely be sent twice.
        started: Start of the call, by the monotonic clock.
        deadline_at: End of the call, by the monotonic clock. `None` means no limit.
        may_resend: Returns whether the request can be sent again at all.
        hold: Returns for how many seconds all calls are held back after a failure, or `None`.
    """

    config: RetryConfig
    idempotent: bool
    started: float
    deadline_at: float | None = None
    may_resend: Callable[[], bool] = lambda: True
    hold: Callable[[Failure], float | None] = lambda _: None

    def pause_after(self, outcome: Outcome, attempts: int) -> float | None:
        """Return the pause before the next attempt in seconds, or `None` to stop."""
        config = self.config
        if isinstance(outcome, Response) or attempts >= config.max_tries or not self.may_resend():
            return None
        if not may_retry(outcome, config, idempotent=self.idempotent):
            return None
        pause = self.hold(outcome)
        if pause is None:
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
    """Retry as the policy allows, and return the outcome of the last attempt.

    Args:
        first: The outcome of the first attempt.
        send: Makes another attempt.
        policy: The retry policy.
        before_retry: Called before each pause, with the outcome and the pause.
    """
    outcome = first

    async def pauses() -> AsyncGenerator[float, None]:
        """Yield the pause before each retry, and make the attempt when resumed."""
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
    # The decorator calls functions of asyncio that are deprecated since Python 3.14.
    warnings.simplefilter("ignore", DeprecationWarning)
    # No logger: it would print outcomes.
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
            unexecuted = "retry-after" in failure.headers or failure.type == CAPACITY_EXCEEDED
            return unexecuted and 503 in config.status_codes
        case SDKError():
            return repeatable and failure.status in config.status_codes
        case APIConnectionError() | RequestTimeoutError():
            retryable = config.retry_connection_errors and failure.retryable
            return retryable and (repeatable or not failure.sent)
        case HTTPValidationError() | ResponseValidationError() | InvalidRequestError():
            return False
        case _:
            assert_never(failure)


def pause_before(retry: int, failure: Failure, config: RetryConfig) -> float:
    """Return the pause before the nth retry, in seconds.

    It is the server's `Retry-After`, or else half of the interval, plus up to half of the interval
    at random.
    """
    try:
        interval = config.initial_interval * config.exponent ** (retry - 1)
    except OverflowError:
        interval = config.max_interval
    interval = min(interval, config.max_interval)
    requested = failure.retry_after if isinstance(failure, SDKError) else None
    minimum = interval / 2 if requested is None else requested
    return minimum + random.random() * interval / 2  # noqa: S311
