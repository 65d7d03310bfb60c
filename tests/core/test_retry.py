"""Retries: which failures are retried, and after which pause."""

import time

import pytest
from hypothesis import given, strategies as st

from mistral_core import (
    APIConnectionError,
    Failure,
    Headers,
    HTTPValidationError,
    InvalidRequestError,
    RequestTimeoutError,
    Response,
    ResponseValidationError,
    RetryConfig,
    SDKError,
)
from mistral_core.http.headers import retry_after
from mistral_core.pipeline import retry
from mistral_core.pipeline.retry import (
    Outcome,
    RetryPolicy,
    may_retry,
    pause_before,
)

GOOD = Response(200)
BUSY = SDKError("x", 503)
DEFAULT = RetryConfig()


def asks(status: int, seconds: str) -> SDKError:
    """Return an error with a `Retry-After` header."""
    return SDKError("x", status, headers=Headers([("Retry-After", seconds)]))


@pytest.mark.parametrize(
    ("failure", "get", "post"),
    [
        *((SDKError("x", status), True, False) for status in (408, 500, 502, 503, 504)),
        *((SDKError("x", status), False, False) for status in (400, 401, 404, 409, 410, 501)),
        (SDKError("x", 429), True, True),
        (
            SDKError("x", 429, headers=Headers([("x-ratelimit-limit-req-minute", "0")])),
            False,
            False,
        ),
        (asks(503, "1"), True, True),
        (SDKError("x", 503, "service_tier_capacity_exceeded"), True, True),
        (APIConnectionError("x"), True, False),
        (APIConnectionError("x", sent=False), True, True),
        (APIConnectionError("x", sent=False, temporary=False), False, False),
        (RequestTimeoutError("x", "connect"), True, True),
        (RequestTimeoutError("x", "read"), True, False),
        (HTTPValidationError("x"), False, False),
        (ResponseValidationError("x"), False, False),
        (InvalidRequestError("x"), False, False),
    ],
)
def test_a_call_is_retried_unless_it_could_run_twice(
    failure: Failure, *, get: bool, post: bool
) -> None:
    """A POST or PATCH only if the server cannot have processed it."""
    for idempotent, expected in ((True, get), (False, post)):
        assert may_retry(failure, DEFAULT, idempotent=idempotent) is expected
        assert not may_retry(failure, RetryConfig(strategy="none"), idempotent=idempotent)
    bold = RetryConfig(retry_non_idempotent=True)
    assert may_retry(failure, bold, idempotent=False) is get


def test_retries_can_be_configured() -> None:
    """Other statuses, and no connection errors."""
    config = RetryConfig(status_codes={409}, retry_connection_errors=False)
    assert may_retry(SDKError("x", 409), config, idempotent=True)
    assert not may_retry(SDKError("x", 429), config, idempotent=False)
    assert not may_retry(asks(503, "1"), config, idempotent=False)
    assert not may_retry(APIConnectionError("x", sent=False), config, idempotent=True)


@given(st.integers(1, 5000), st.floats(0, 100), st.floats(0, 100), st.floats(0, 10))
def test_a_pause_grows_up_to_its_limit(
    retry: int, initial: float, longest: float, exponent: float
) -> None:
    """Half of it is fixed, half is random."""
    config = RetryConfig(initial_interval=initial, max_interval=longest, exponent=exponent)
    pause = pause_before(retry, BUSY, config)
    assert 0 <= pause <= longest
    if retry == 1:
        assert min(initial, longest) / 2 <= pause <= initial


@given(st.integers(0, 1000), st.integers(1, 10))
def test_a_pause_is_never_shorter_than_requested(seconds: int, retry: int) -> None:
    """The random part is added."""
    pause = pause_before(retry, asks(429, str(seconds)), DEFAULT)
    assert seconds <= pause <= seconds + 60


@pytest.mark.parametrize(
    ("text", "date", "seconds"),
    [
        ("7", "", 7.0),
        (" 0.25 ", "", 0.25),
        ("7.", "", 7.0),
        ("1" * 400, "", float("inf")),
        ("Wed, 21 Oct 2015 07:28:30 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 30.0),
        ("Wed, 21 Oct 2015 07:28:30 -0000", "Wed, 21 Oct 2015 07:28:00 GMT", 30.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "garbage", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 2015 07:28:30 GMT", 0.0),
        *((text, "", None) for text in ("", "-1", "soon", "nan", "inf", "1e3", "٣", "Wed, 99 Oct")),
    ],
)
def test_retry_after_is_read_in_all_formats(text: str, date: str, seconds: float | None) -> None:
    """An HTTP date is relative to the server's own clock. Invalid values are ignored."""
    assert retry_after(Headers([("retry-after", text), ("date", date)])) == seconds


def test_milliseconds_take_precedence_over_seconds() -> None:
    """If they are a number."""
    assert retry_after(Headers([("retry-after-ms", "250"), ("retry-after", "7")])) == 0.25
    assert retry_after(Headers([("retry-after-ms", "soon"), ("retry-after", "7")])) == 7


@given(st.text(), st.text())
def test_any_retry_after_is_read_or_ignored(text: str, date: str) -> None:
    """The pause is never negative."""
    seconds = retry_after(Headers([("retry-after", text), ("date", date)]))
    assert seconds is None or seconds >= 0


async def settle(
    *outcomes: Outcome, config: RetryConfig, deadline: float | None = None
) -> tuple[Outcome, int]:
    """Run a call with these outcomes. Return the last one and the number of requests."""
    left = list(outcomes)

    async def send() -> Outcome:
        return left.pop(0)

    started = time.monotonic()
    until = None if deadline is None else started + deadline
    policy = RetryPolicy(config=config, idempotent=True, started=started, deadline_at=until)
    outcome = await retry.settle(await send(), send, policy)
    return outcome, len(outcomes) - len(left)


AT_ONCE = RetryConfig(initial_interval=0, max_tries=3)


@pytest.mark.parametrize(
    ("outcomes", "last", "requests"),
    [
        ([GOOD, GOOD], GOOD, 1),
        ([BUSY, GOOD, GOOD], GOOD, 2),
        ([BUSY, BUSY, GOOD, GOOD], GOOD, 3),
        ([BUSY, BUSY, BUSY, GOOD], BUSY, 3),
        ([SDKError("x", 400), GOOD], None, 1),
        ([BUSY, SDKError("x", 400), GOOD], None, 2),
    ],
)
async def test_retries_end_with_a_final_outcome_or_the_limit(
    outcomes: list[Outcome], last: Outcome | None, requests: int
) -> None:
    """No unnecessary request is sent."""
    outcome, sent = await settle(*outcomes, config=AT_ONCE)
    assert outcome is last or last is None
    assert sent == requests


async def test_a_retry_is_reported_before_its_pause() -> None:
    """With the outcome and the seconds."""
    reports: list[tuple[Outcome, float]] = []

    async def report(outcome: Outcome, pause: float) -> None:
        reports.append((outcome, pause))

    outcomes: list[Outcome] = [BUSY, GOOD]

    async def send() -> Outcome:
        return outcomes.pop(0)

    policy = RetryPolicy(config=AT_ONCE, idempotent=True, started=time.monotonic())
    assert await retry.settle(await send(), send, policy, report) is GOOD
    assert reports == [(BUSY, 0)]
