"""How one call is carried: its body made, its attempts, and its answer read."""

import time
from collections.abc import Mapping
from typing import TypeVar

from mistral_core import answers, byte_stream, event_stream
from mistral_core.api_key import KeyFunction
from mistral_core.call import Call
from mistral_core.deadline import Deadline
from mistral_core.errors import (
    Failure,
    InvalidRequestError,
    RequestTimeoutError,
    ResponseValidationError,
)
from mistral_core.exchange import Exchange
from mistral_core.hooks import Hooks
from mistral_core.multipart import Multipart
from mistral_core.operation import Operation
from mistral_core.options import RetryConfig, Timeout
from mistral_core.reading import Reading
from mistral_core.result import Err, Ok, Result
from mistral_core.retry import Attempts
from mistral_core.wire import NO_HEADERS, Request, RequestBody, Response, Transport

T = TypeVar("T")

READERS = answers, byte_stream, event_stream
"""What reads answers: loaded with what asks for them."""


async def make_body(
    operation: Operation[T],
    json: Mapping[str, object] | None,
    form: Mapping[str, object] | None,
    timeout: Timeout,  # noqa: ASYNC109 - not of this function, but of the call
) -> tuple[bytes | RequestBody | None, str | None]:
    """Return the body of a call, and its media type.

    Raises:
        InvalidRequestError: A field cannot be sent, or a file cannot be read.
        RequestTimeoutError: A file was not found within the deadline: its disk is far away, say.
    """
    try:
        if form is not None:
            with Deadline(timeout.deadline):
                body = await Multipart.of(form, audio=operation.audio)
            return body, body.content_type
        if json is not None:
            return operation.json_body(json), "application/json"
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
    )
    try:
        outcome = await exchange.attempt()
        if not isinstance(outcome, Response):
            attempts = Attempts(
                send=exchange.attempt,
                before_retry=exchange.before_retry,
                idempotent=request.idempotent,
                config=config,
                started=started,
                deadline=deadline,
                may_resend=exchange.may_resend,
            )
            outcome = await attempts.settle(outcome)
        call = Call(
            status=getattr(outcome, "status", None),
            headers=getattr(outcome, "headers", NO_HEADERS),
            attempts=exchange.count,
            elapsed=time.monotonic() - started,
        )
        if not isinstance(outcome, Response):
            return Err(outcome, call=call)
        reading = Reading(
            idle=request.read_timeout,
            deadline=deadline,
            max_bytes=max_response_bytes,
            without_key=exchange.without_key,
        )
        try:
            return Ok(operation.returns.read(outcome, reading), call=call)
        except ResponseValidationError as error:
            return Err(exchange.without_key(error.with_traceback(None)), call=call)
    except Exception as error:  # noqa: BLE001 - raised by code of the caller's, such as a transport
        call = Call(attempts=exchange.count, elapsed=time.monotonic() - started)
        return Err(exchange.unexpected(error), call=call)
