"""The closed set of errors that an `Err` can contain.

The classes are siblings, so that `match` can list them in any order. They are exceptions, so that
`unwrap`, `raise`, `except*`, `add_note` and `pickle` work as usual. Pickling is left to
`BaseException`, which keeps notes.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, TypeVar, final

import attrs

from mistral_core.http.headers import NO_HEADERS, Headers, retry_after
from mistral_core.http.statuses import in_words
from mistral_core.http.text import in_one_line

E = TypeVar("E", bound=BaseException)

TEMPORARY = frozenset({408, 429, 500, 502, 503, 504, *range(520, 525), 529, 530})
"""Statuses after which the same request may succeed. Those from 520 on are Cloudflare's."""

CLIENT_CLOSED = "The client is closed. Create a new `MistralCore`."

ADVICE = {
    401: "Check the API key: `api_key=`, or MISTRAL_API_KEY.",
    407: "Check the proxy's credentials.",
    410: "The server no longer offers this operation.",
    413: "Send less data per request.",
}
"""Advice for the statuses that have an obvious remedy."""


class MistralError(Exception):
    """Abstract base class for all errors.

    Attributes:
        message: What happened, in one sentence.
    """

    message: str

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later."""
        return False

    def __str__(self) -> str:
        """Return the message."""
        return self.message

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Return the state as `BaseException` does.

        Without this method, tblib would restore errors by setting attributes, which are frozen.
        """
        return super().__reduce__()


@final
@attrs.frozen(getstate_setstate=False)
class SDKError(MistralError):
    """The server responded with an error.

    Attributes:
        message: The server's message, or the status in words.
        status: The HTTP status. `case SDKError(status=410)` matches a retired operation.
        type: The API's error type, such as `rate_limited`. An open set.
        code: The API's error code, such as `"1300"`. An open set.
        param: The invalid parameter, if the server names one.
        request_id: The request ID, to quote when you contact support.
        headers: The response headers.
        body: The raw response body.
    """

    message: str
    status: int
    type: str | None = None
    code: str | None = None
    param: str | None = None
    request_id: str | None = None
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later. A quota of zero requests never recovers."""
        no_quota = self.headers.get("x-ratelimit-limit-req-minute", "").strip() == "0"
        return self.status in TEMPORARY and not (self.status == 429 and no_quota)

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait before the next request, if the server says so in `Retry-After`."""
        return retry_after(self.headers)

    def __str__(self) -> str:
        """Return the status, the message, advice and the IDs to quote."""
        text = f"{in_words(self.status)}: {_sentence(self.message)}"
        if self.status in ADVICE:
            text += f" {ADVICE[self.status]}"
        return text + _details(
            type=self.type, code=self.code, param=self.param, request_id=self.request_id
        )


@final
@attrs.frozen
class ValidationError:
    """An invalid value in a request, as reported by the server.

    Attributes:
        loc: The path of the invalid value, such as `("body", "name")`.
        msg: What is wrong with it.
        type: The kind of error, such as `string_type`.
        input: The invalid value.
        ctx: The constraints that the value violates.
    """

    loc: tuple[str | int, ...]
    msg: str
    type: str = ""
    input: Any = attrs.field(default=None, repr=False)
    ctx: Mapping[str, Any] | None = attrs.field(default=None, repr=False)

    def __str__(self) -> str:
        """Return the path and the message in one line."""
        return f"{'.'.join(map(str, self.loc))}: {self.msg}" if self.loc else self.msg


@final
@attrs.frozen(getstate_setstate=False)
class HTTPValidationError(MistralError):
    """The server rejected the request as invalid: status 422.

    Attributes:
        message: The server's message in one line, with all invalid values.
        detail: The invalid values. Empty if the server sent only text.
        type: The API's error type. An open set.
        code: The API's error code. An open set.
        param: The invalid parameter, if the server names one.
        request_id: The request ID, to quote when you contact support.
        headers: The response headers.
        body: The raw response body.
        status: The HTTP status, 422.
    """

    message: str
    detail: tuple[ValidationError, ...] = ()
    type: str | None = None
    code: str | None = None
    param: str | None = None
    request_id: str | None = None
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    status: int = 422

    def __str__(self) -> str:
        """Return the status, the message and the IDs to quote."""
        return f"{in_words(self.status)}: {_sentence(self.message)}" + _details(
            type=self.type, code=self.code, param=self.param, request_id=self.request_id
        )


@final
@attrs.frozen(getstate_setstate=False)
class ResponseValidationError(MistralError):
    """A successful response whose body is invalid.

    Attributes:
        message: What is wrong with the response.
        path: The JSON path of the first invalid value, such as `$.data[1].id`.
        errors: The invalid values, each with its path. At most 100.
        status: The HTTP status.
        request_id: The request ID, to quote when you contact support.
        headers: The response headers.
        body: The raw response body.
    """

    message: str
    path: str = "$"
    errors: tuple[str, ...] = ()
    status: int = 200
    request_id: str | None = None
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)

    def __str__(self) -> str:
        """Return the message and the IDs to quote."""
        return _sentence(self.message) + _details(
            status=str(self.status),
            content_type=in_one_line(self.headers.get("content-type", "")),
            request_id=self.request_id,
        )


@final
@attrs.frozen(getstate_setstate=False)
class RequestTimeoutError(MistralError):
    """A time limit was exceeded.

    Attributes:
        message: Which limit was exceeded, and its value.
        phase: The field of `Timeout` that was exceeded.
    """

    message: str
    phase: Literal["connect", "read", "total", "deadline"] = "total"

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later. Always true."""
        return True

    @property
    def sent(self) -> bool:
        """Whether the server may have received the request."""
        return self.phase != "connect"


@final
@attrs.frozen(getstate_setstate=False)
class APIConnectionError(MistralError):
    """No complete response: the connection failed or broke.

    Attributes:
        message: What happened, and the host.
        sent: Whether the server may have received the request.
        temporary: Whether a later attempt may succeed. False for a rejected certificate.
    """

    message: str
    sent: bool = True
    temporary: bool = True

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later."""
        return self.temporary


@final
@attrs.frozen(getstate_setstate=False)
class InvalidDataError(MistralError):
    """Data that does not match a class. Returned by `from_dict` and `from_json`.

    Attributes:
        message: Why the data is invalid, with the first invalid values.
        path: The JSON path of the first invalid value, such as `$.messages[1].role`.
        errors: The invalid values, each with its path. At most 100.
    """

    message: str
    path: str = "$"
    errors: tuple[str, ...] = ()


@final
@attrs.frozen(getstate_setstate=False)
class InvalidRequestError(MistralError):
    """The call is invalid, and no request was sent.

    Attributes:
        message: What is wrong with it.
        param: The invalid argument.
    """

    message: str
    param: str | None = None


Failure: TypeAlias = (
    SDKError
    | HTTPValidationError
    | ResponseValidationError
    | RequestTimeoutError
    | APIConnectionError
    | InvalidRequestError
)
"""Every error that an operation can return in an `Err`."""


def bare(error: E) -> E:
    """Return an exception without its traceback and context.

    The frames of a request contain the key, and error reporting tools record local variables.
    """
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _details(**values: str | None) -> str:
    details = ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in values.items() if value
    )
    return f" ({details})" if details else ""
