"""What a caller may set: for a client, and for one call."""

import math
from collections.abc import Collection, Mapping
from typing import Literal, final

import attrs

from mistral_core.errors import TEMPORARY
from mistral_core.http.messages import NO_HEADERS


@final
@attrs.frozen(kw_only=True)
class Timeout:
    """Say how long to wait, in seconds; `None` is for ever.

    Attributes:
        connect: For a connection, its TLS handshake included.
        read: Between one byte of the answer and the next; keep-alive comments of a stream count.
        total: For one attempt, the body of its answer included.
        deadline: For the whole call: all attempts, and the pauses between them. A stream may
            take longer, but each of its events has to come within this time.
    """

    connect: float | None = 10.0
    read: float | None = None
    total: float | None = None
    deadline: float | None = 600.0

    def __attrs_post_init__(self) -> None:
        """Refuse a limit that nothing can meet."""
        for field in attrs.fields(Timeout):
            limit = getattr(self, field.name)
            if limit is not None and not 0 < limit < math.inf:
                raise ValueError(f"`{field.name}` is {limit!r}, and must be above zero and finite")


def as_timeout(timeout: Timeout | float) -> Timeout:
    """Return a `Timeout` as it is; a number is the deadline of the whole call."""
    return timeout if isinstance(timeout, Timeout) else Timeout(deadline=timeout)


def _as_timeout_or_none(timeout: Timeout | float | None) -> Timeout | None:
    return None if timeout is None else as_timeout(timeout)


def _not_negative(_: object, field: "attrs.Attribute[float]", value: float) -> None:
    if not 0 <= value < math.inf:
        raise ValueError(f"`{field.name}` is {value!r}, and must be finite and not negative")


def _as_statuses(statuses: Collection[int]) -> frozenset[int]:
    return frozenset(statuses)


@final
@attrs.frozen(kw_only=True)
class RetryConfig:
    """Say when a call is tried again, and how long it pauses before.

    The pause before the nth retry is `initial_interval * exponent ** (n - 1)`, at most
    `max_interval`, of which up to a half is left out by chance; where the server says
    `Retry-After`, the pause is at least that.

    Attributes:
        strategy: `"backoff"` to retry, `"none"` never to.
        initial_interval: Seconds before the first retry.
        max_interval: The longest pause, in seconds, that is not the server's wish.
        exponent: What each pause is multiplied by for the next.
        max_elapsed_time: Seconds after the start of the call beyond which no retry begins.
        max_tries: The most requests that one call may send.
        retry_connection_errors: Whether broken connections and timeouts are retried.
        status_codes: The statuses that are retried.
        retry_non_idempotent: Whether a POST or PATCH is retried like all else, at the risk that
            it is done twice.
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
    """Say what one call does differently; what is left out is as the client has it.

    Attributes:
        headers: Headers to add, or to send in place of the client's.
        timeout: The limits of this call; a number is its deadline in seconds.
        retries: When this call is tried again.
        server_url: The server to call; a path in it is kept. The client's API key is sent to this
            server: name only one that you trust with it.
    """

    headers: Mapping[str, str] = attrs.field(default=NO_HEADERS, repr=False)
    timeout: Timeout | None = attrs.field(default=None, converter=_as_timeout_or_none)
    retries: RetryConfig | None = None
    server_url: str | None = None


NO_OPTIONS = RequestOptions()
