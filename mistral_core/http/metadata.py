"""Metadata of a call: status, headers, attempts, duration."""

from datetime import datetime
from typing import final

import attrs

from mistral_core.http.headers import NO_HEADERS, Headers, RateLimit, request_id
from mistral_core.http.text import as_moment

DEPRECATION = "x-model-deprecation-timestamp"
"""The response header with the time at which the model is retired."""


@final
@attrs.frozen(kw_only=True)
class Call:
    """Metadata of a call, on `Ok` and `Err`.

    Attributes:
        status: The HTTP status of the last response. `None` if there was none.
        headers: The headers of the last response.
        attempts: Number of attempts.
        elapsed: Seconds from the start of the call to the result, pauses included.
        body: The body of the last response, if `RequestOptions(raw_body=True)` requested it.
            `None` for streams.
    """

    status: int | None = None
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    attempts: int = 0
    elapsed: float = 0.0
    body: bytes | None = attrs.field(default=None, repr=False)

    @property
    def request_id(self) -> str | None:
        """The request ID of the last response, to quote when you contact support."""
        return request_id(self.headers)

    @property
    def rate_limit(self) -> RateLimit:
        """The quota that the last response reports."""
        return RateLimit.from_headers(self.headers)

    @property
    def model_deprecation(self) -> datetime | None:
        """The time at which the model is retired, if the server announces one."""
        return as_moment(self.headers.get(DEPRECATION, ""))


NO_CALL = Call()
"""The metadata of a result without a request."""
