"""How one call is carried: its body made, its attempts, and its answer read."""

import time
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar, cast, final

import attrs

from mistral_core.auth.api_key import KeyFunction
from mistral_core.errors import Failure, InvalidRequestError, MistralError, RequestTimeoutError
from mistral_core.hooks import Hooks
from mistral_core.http.messages import NO_HEADERS, Request, RequestBody, Response, Transport
from mistral_core.http.metadata import Call
from mistral_core.operations.declaration import Operation
from mistral_core.operations.kinds import Returns
from mistral_core.options import RetryConfig, Timeout
from mistral_core.pipeline.attempt import Exchange
from mistral_core.pipeline.retry import Attempts
from mistral_core.request.encode import encode_fields, encode_json
from mistral_core.request.multipart import Multipart
from mistral_core.response import byte_stream, decode as answers, event_stream
from mistral_core.response.streaming import Reading
from mistral_core.result import Err, Ok, Result
from mistral_core.runtime.deadline import Deadline
from mistral_core.schema import UNSET

T = TypeVar("T")

READERS = answers, byte_stream, event_stream
"""What reads answers: loaded with what asks for them."""


async def make_body(
    operation: Operation[T],
    json: Mapping[str, object] | None,
    form: Mapping[str, object] | None,
    value: object,
    timeout: Timeout,  # noqa: ASYNC109 - not of this function, but of the call
) -> tuple[bytes | RequestBody | None, str | None]:
    """Return the body of a call, and its media type.

    Raises:
        InvalidRequestError: A field cannot be sent, a file cannot be read, or asyncio is missing.
        RequestTimeoutError: A file was not found within the deadline: its disk is far away, say.
    """
    try:
        if form is not None:
            with Deadline(timeout.deadline):
                body = await Multipart.of(form, audio=operation.audio)
            return body, body.content_type
        if json is not None:
            return encode_fields(operation, json), "application/json"
        if value is not UNSET and value is not None:
            return encode_json(value), "application/json"
    except InvalidRequestError:
        raise
    except TimeoutError:
        message = "A file could not be opened before the deadline of the call"
        raise RequestTimeoutError(message, "deadline") from None
    except Exception as error:
        raise InvalidRequestError(f"The request cannot be sent: {error!r}") from error
    return None, None


async def carry(
    operation: Operation[T],
    request: Request,
    transport: Transport,
    *,
    is_closed: Callable[[], bool],
    key_function: KeyFunction | None,
    hooks: Hooks,
    config: RetryConfig,
    timeout: Timeout,  # noqa: ASYNC109 - not of this function, but of the call
    started: float,
    max_response_bytes: int,
) -> Result[T, Failure]:
    """Carry one call from its request to its result; nothing is raised but cancellation.

    Args:
        operation: What is called.
        request: What each attempt begins with.
        transport: What carries the attempts.
        is_closed: Returns whether the client was closed.
        key_function: What is asked for the key, where it is not known.
        hooks: What sees each attempt.
        config: When the call is tried again.
        timeout: How long it may take.
        started: When it began, by the monotonic clock.
        max_response_bytes: The most of an answer that is held at once.
    """
    deadline = timeout.deadline and started + timeout.deadline
    exchange = Exchange(
        transport,
        request,
        None if request.authorization else key_function,
        hooks,
        timeout.total,
        deadline,
        is_closed,
    )
    reading = Reading(
        idle=request.read_timeout,
        event=timeout.deadline,
        deadline=deadline,
        max_bytes=max_response_bytes,
        without_key=exchange.without_key,
    )
    try:
        outcome = await exchange.attempt()
        if isinstance(outcome, Response):
            call = Call(
                status=outcome.status,
                headers=outcome.headers,
                attempts=exchange.count,
                elapsed=time.monotonic() - started,
            )
            try:
                return Ok(operation.returns.read(outcome, reading), call=call)
            except MistralError as error:
                status, failure = outcome.status, _failure(exchange, error)
        else:
            status, failure = None, outcome
        replies = _Replies(exchange, operation.returns, reading, status)
        attempts = Attempts(
            send=replies.attempt,
            before_retry=exchange.before_retry,
            idempotent=request.idempotent,
            config=config,
            started=started,
            deadline=deadline,
            may_resend=exchange.may_resend,
        )
        settled = await attempts.settle(failure)
        call = Call(
            status=replies.status or getattr(settled, "status", None),
            headers=getattr(settled, "headers", NO_HEADERS),
            attempts=exchange.count,
            elapsed=time.monotonic() - started,
        )
        if isinstance(settled, Response):
            return Ok(cast("T", replies.value), call=call)
        return Err(settled, call=call)
    except Exception as error:  # noqa: BLE001 - raised by code of the caller's, such as a transport
        call = Call(attempts=exchange.count, elapsed=time.monotonic() - started)
        return Err(exchange.unexpected(error), call=call)


@final
@attrs.define
class _Replies(Generic[T]):
    """The further attempts of a call, with their responses read.

    Attributes:
        exchange: What makes the attempts.
        returns: How a response is read.
        reading: How its body is to be read.
        status: The status of the last response that was no error by its status.
        value: What the last response was read as.
    """

    exchange: Exchange
    returns: Returns[T]
    reading: Reading
    status: int | None
    value: T | None = None

    async def attempt(self) -> Response | Failure:
        """Make one attempt: a response that reports an error is a failure, whatever its status."""
        outcome = await self.exchange.attempt()
        self.status = None
        if not isinstance(outcome, Response):
            return outcome
        self.status = outcome.status
        try:
            self.value = self.returns.read(outcome, self.reading)
        except MistralError as error:
            return _failure(self.exchange, error)
        return outcome


def _failure(exchange: Exchange, error: MistralError) -> Failure:
    return exchange.without_key(cast("Failure", error.with_traceback(None)))
