"""Timeouts, retries and other options, for a client or a single call."""

import math
from collections.abc import Collection, Mapping
from typing import Literal, final

import attrs

from mistral_core.errors import TEMPORARY
from mistral_core.http.headers import NO_HEADERS


@final
@attrs.frozen(kw_only=True)
class Timeout:
    """Time limits in seconds. `None` means no limit.

    Attributes:
        connect: For opening a connection, TLS handshake included.
        read: Between two bytes of the response. Keep-alive comments of a stream count.
        total: For one attempt, response body included.
        deadline: For the call: all attempts and the pauses between them. A stream may take
            longer, but each of its events must arrive within this time.
    """

    connect: float | None = 10.0
    read: float | None = None
    total: float | None = None
    deadline: float | None = 600.0

    def __attrs_post_init__(self) -> None:
        """Check the limits."""
        for field in attrs.fields(Timeout):
            limit = getattr(self, field.name)
            if limit is not None and not 0 < limit < math.inf:
                raise ValueError(f"`{field.name}` must be positive and finite, got {limit!r}")


def as_timeout(timeout: Timeout | float) -> Timeout:
    """Return a `Timeout` unchanged, or create one from the deadline of the call in seconds."""
    return timeout if isinstance(timeout, Timeout) else Timeout(deadline=timeout)


def _as_timeout_or_none(timeout: Timeout | float | None) -> Timeout | None:
    return None if timeout is None else as_timeout(timeout)


def _not_negative(_: object, field: "attrs.Attribute[float]", value: float) -> None:
    if not 0 <= value < math.inf:
        raise ValueError(f"`{field.name}` must be non-negative and finite, got {value!r}")


def _as_statuses(statuses: Collection[int]) -> frozenset[int]:
    return frozenset(statuses)


@final
@attrs.frozen(kw_only=True)
class RetryConfig:
    """Retry policy for a client or a single call.

    The pause before the nth retry is `initial_interval * exponent ** (n - 1)`, at most
    `max_interval`, shortened at random by up to half. It is never shorter than the server's
    `Retry-After`.

    Attributes:
        strategy: `"backoff"` to retry, `"none"` to never retry.
        initial_interval: Seconds before the first retry.
        max_interval: Maximum pause in seconds, unless the server requests a longer one.
        exponent: Factor between one pause and the next.
        max_elapsed_time: Seconds after the start of the call beyond which no retry begins.
        max_tries: Maximum number of requests per call, the first included.
        retry_connection_errors: Whether connection errors and timeouts are retried.
        status_codes: The HTTP statuses that are retried.
        retry_non_idempotent: Whether POST and PATCH are retried like other methods, at the risk of
            a second execution.
    """

    strategy: Literal["backoff", "none"] = attrs.field(
        default="backoff", validator=attrs.validators.in_(("backoff", "none"))
    )
    initial_interval: float = attrs.field(default=0.5, validator=_not_negative)
    max_interval: float = attrs.field(default=60.0, validator=_not_negative)
    exponent: float = attrs.field(default=1.5, validator=_not_negative)
    max_elapsed_time: float = attrs.field(default=300.0, validator=_not_negative)
    max_tries: int = attrs.field(default=5, validator=attrs.validators.ge(1))
    retry_connection_errors: bool = True
    status_codes: frozenset[int] = attrs.field(default=TEMPORARY, converter=_as_statuses)
    retry_non_idempotent: bool = False


@final
@attrs.frozen(kw_only=True)
class RequestOptions:
    """Per-call overrides. Omitted values are taken from the client.

    Attributes:
        headers: Headers to add to the client's. A header of the same name is replaced.
        timeout: Time limits. A number is the deadline in seconds.
        retries: Retry policy.
        server_url: URL of the server; a path is kept. The client's API key is sent to this server:
            use only one that you trust with it.
        raw_body: Whether to keep the response body, as received, in `result.call.body`. Not for
            streams.
    """

    headers: Mapping[str, str] = attrs.field(default=NO_HEADERS, repr=False)
    timeout: Timeout | None = attrs.field(default=None, converter=_as_timeout_or_none)
    retries: RetryConfig | None = None
    server_url: str | None = None
    raw_body: bool = False


NO_OPTIONS = RequestOptions()
