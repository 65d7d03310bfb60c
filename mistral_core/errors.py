"""What can go wrong: the closed alphabet of errors that an `Err` may hold.

The classes are siblings, so that `match` tells them apart in any order, and exceptions, so that
`unwrap`, `raise`, `except*`, `add_note` and `pickle` do with them what they do with all others:
so that notes go along, pickling is left to `BaseException`.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, TypeVar, final

import attrs

from mistral_core.http.messages import NO_HEADERS, Headers
from mistral_core.http.statuses import in_words
from mistral_core.http.text import in_one_line

E = TypeVar("E", bound=BaseException)

TEMPORARY = frozenset({408, 429, 500, 502, 503, 504, *range(520, 525), 529, 530})
"""Statuses after which the same request may succeed; from 520 on they are those of Cloudflare."""

CLIENT_CLOSED = "The client is closed. Create a new `MistralCore`."

ADVICE = {
    401: "Check the API key: `api_key=`, or MISTRAL_API_KEY.",
    407: "Check the proxy's credentials.",
    410: "The server no longer offers this operation.",
    413: "Send less at once.",
}
"""What to do about a status, where there is one thing to do."""


class MistralError(Exception):
    """Be the base of all errors, so that one `except` catches each; it is never made itself.

    Attributes:
        message: What happened, in one sentence.
    """

    message: str

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later."""
        return False

    def __str__(self) -> str:
        """Return what a person needs to read."""
        return self.message

    def __reduce__(self) -> str | tuple[Any, ...]:
        """Return what a copy is made of: said here, since tblib sets attributes where it is not."""
        return super().__reduce__()


@final
@attrs.frozen(getstate_setstate=False)
class SDKError(MistralError):
    """The server answered, and the answer is an error.

    Attributes:
        message: What the server said of it, or else the status in words.
        status: The HTTP status. `case SDKError(status=410)` is an operation that was retired.
        type: The API's name for the kind of error, such as `rate_limited`. An open set.
        code: The API's code, as text: `"1300"`. An open set.
        param: The parameter that the server blames.
        request_id: The id to give to the server's support.
        headers: The headers of the answer.
        body: The body, whatever it was.
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
        """Whether the same call may succeed later: not where the quota itself is zero."""
        hopeless = self.headers.get("x-ratelimit-limit-req-minute", "").strip() == "0"
        return self.status in TEMPORARY and not (self.status == 429 and hopeless)

    def __str__(self) -> str:
        """Return the status, the message, what to do, and the ids to quote."""
        text = f"{in_words(self.status)}: {_sentence(self.message)}"
        if self.status in ADVICE:
            text += f" {ADVICE[self.status]}"
        return text + _known(
            type=self.type, code=self.code, param=self.param, request_id=self.request_id
        )


@final
@attrs.frozen
class ValidationError:
    """Name one fault of a request, as the server found it.

    Attributes:
        loc: The way to the fault: `("body", "name")`.
        msg: What is wrong with it.
        type: The kind of fault, such as `string_type`.
        input: What was sent there.
        ctx: What the rule demands.
    """

    loc: tuple[str | int, ...]
    msg: str
    type: str = ""
    input: Any = attrs.field(default=None, repr=False)
    ctx: Mapping[str, Any] | None = attrs.field(default=None, repr=False)

    def __str__(self) -> str:
        """Return the way and the fault in one line."""
        return f"{'.'.join(map(str, self.loc))}: {self.msg}" if self.loc else self.msg


@final
@attrs.frozen(getstate_setstate=False)
class HTTPValidationError(MistralError):
    """The server refused the request as invalid: status 422.

    Attributes:
        message: All that the server said of it, in one line.
        detail: The faults one by one; empty where the server sent only text.
        type: The API's name for the kind of error. An open set.
        code: The API's code, as text. An open set.
        param: The parameter that the server blames.
        request_id: The id to give to the server's support.
        headers: The headers of the answer.
        body: The body, whatever it was.
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
        """Return the status, the message and the ids to quote."""
        return f"{in_words(self.status)}: {_sentence(self.message)}" + _known(
            type=self.type, code=self.code, param=self.param, request_id=self.request_id
        )


@final
@attrs.frozen(getstate_setstate=False)
class ResponseValidationError(MistralError):
    """The server answered with success, and the answer cannot be read.

    Attributes:
        message: What is wrong with the answer.
        path: The JSON path of the first fault: `$.data[1].id`.
        errors: All faults, each with its path.
        status: The HTTP status of the answer.
        request_id: The id to give to the server's support.
        headers: The headers of the answer.
        body: The body as it came.
    """

    message: str
    path: str = "$"
    errors: tuple[str, ...] = ()
    status: int = 200
    request_id: str | None = None
    headers: Headers = attrs.field(default=NO_HEADERS, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)

    def __str__(self) -> str:
        """Return the faults and the ids to quote."""
        return _sentence(self.message) + _known(
            status=str(self.status),
            content_type=in_one_line(self.headers.get("content-type", "")),
            request_id=self.request_id,
        )


@final
@attrs.frozen(getstate_setstate=False)
class RequestTimeoutError(MistralError):
    """A limit of time ran out.

    Attributes:
        message: Which limit, and how long it was.
        phase: The field of `Timeout` that ran out.
    """

    message: str
    phase: Literal["connect", "read", "total", "deadline"] = "total"

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed later: it may."""
        return True

    @property
    def sent(self) -> bool:
        """Whether the server may have the request."""
        return self.phase != "connect"


@final
@attrs.frozen(getstate_setstate=False)
class APIConnectionError(MistralError):
    """There was no whole answer: no connection, or one that broke.

    Attributes:
        message: What happened, with the host it happened to.
        sent: Whether the server may have the request.
        temporary: Whether the cause is one that passes; a refused certificate is none.
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
class InvalidRequestError(MistralError):
    """The call cannot be sent as it was made, and was not.

    Attributes:
        message: What is wrong with it.
        param: The argument to blame.
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
"""All that the `Err` of an operation may hold."""


def bare(error: E) -> E:
    """Return an exception without its traceback and context.

    The frames of a request hold the key, and tools that report errors record their variables.
    """
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _known(**facts: str | None) -> str:
    told = ", ".join(f"{name.replace('_', ' ')} {fact}" for name, fact in facts.items() if fact)
    return f" ({told})" if told else ""
