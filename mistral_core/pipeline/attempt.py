"""The attempts of a call one by one: a request with its key, sent within its limits of time."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast, final

import attrs

from mistral_core.auth.api_key import KeyFunction, ask_for_key, bearer
from mistral_core.errors import (
    CLIENT_CLOSED,
    APIConnectionError,
    Failure,
    HTTPValidationError,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
    ResponseValidationError,
    SDKError,
    bare,
)
from mistral_core.hooks import Attempt, Hooks, ask, logger, tell
from mistral_core.http.messages import (
    NO_HEADERS,
    Headers,
    Request,
    Response,
    Transport,
    is_spent,
)
from mistral_core.http.metadata import request_id
from mistral_core.http.secret import Secret
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_core.response.error_bodies import read_error
from mistral_core.runtime.deadline import Deadline

F = TypeVar("F", bound=MistralError)


@final
@attrs.define
class Exchange:
    """Send the request of a call, each time that it is asked to.

    Attributes:
        transport: What carries it.
        prepared: What each attempt begins with.
        key_function: What is asked for the key before each attempt; `None` where it is known.
        hooks: What sees each attempt.
        total: Seconds that one attempt may take.
        deadline: When the call must have ended, by the monotonic clock.
        is_closed: Returns whether the client was closed; nothing more is sent then.
        count: How many attempts were begun.
        let_go: Whether the request of the last one was given to the transport.
        request: What was sent last: with the key of the moment, and as a hook wants it.
    """

    transport: Transport
    prepared: Request
    key_function: KeyFunction | None
    hooks: Hooks
    total: float | None
    deadline: float | None
    is_closed: Callable[[], bool]
    count: int = 0
    let_go: bool = False
    request: Request = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the request as it was prepared."""
        self.request = self.prepared

    async def attempt(self) -> Response | Failure:
        """Make one attempt; nothing is raised but cancellation."""
        if self.count and self.is_closed():  # It was closed during the pause.
            return InvalidRequestError(CLIENT_CLOSED)
        self.count += 1
        started = time.monotonic()
        if self.hooks.after_response is None and not logger.isEnabledFor(logging.DEBUG):
            return await self._within_limits(started)
        self.let_go = False
        outcome: Response | Failure | None = None
        try:
            outcome = settled = await self._within_limits(started)
        finally:
            await self._tell_of(outcome, time.monotonic() - started)
        return settled

    async def _tell_of(self, outcome: Response | Failure | None, elapsed: float) -> None:
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug(
                "%s %s: %s, attempt %d, %.3f s, request id %s",
                self.request.method,
                self.request.path_template,
                getattr(outcome, "status", None) or type(outcome).__name__,
                self.count,
                elapsed,
                request_id(getattr(outcome, "headers", NO_HEADERS)),
            )
        if self.let_go and self.hooks.after_response is not None:
            attempt = Attempt(
                request=self.request, number=self.count, outcome=outcome, elapsed=elapsed
            )
            try:
                await tell(self.hooks.after_response, attempt)
            except BaseException:
                await _abandon(outcome)
                raise

    def may_resend(self) -> bool:
        """Return whether the request can be sent again: its body, and over an open client."""
        return not (is_spent(self.request.body) or self.is_closed())

    async def before_retry(self, outcome: Response | Failure, pause: float) -> None:
        """Tell the hook of a pause that is about to begin."""
        if self.hooks.before_retry is not None:
            attempt = Attempt(request=self.request, number=self.count, outcome=outcome, pause=pause)
            await tell(self.hooks.before_retry, attempt)

    def without_key(self, failure: F) -> F:
        """Return a failure without the key that was sent."""
        secret = self.request.authorization
        if secret is None:
            return failure
        told: dict[str, Any] = {"message": secret.hide_in(failure.message)}
        if isinstance(failure, ResponseValidationError | SDKError | HTTPValidationError):
            told["headers"] = _without_secret(failure.headers, secret)
            told["body"] = body = secret.hide_in(failure.body)
            if body != failure.body and not isinstance(failure, ResponseValidationError):
                return cast("F", read_error(Response(failure.status, told["headers"], body)))
        if isinstance(failure, ResponseValidationError):
            told["errors"] = tuple(map(secret.hide_in, failure.errors))
        changed = any(getattr(failure, name) != value for name, value in told.items())
        return cast("F", attrs.evolve(cast("Any", failure), **told)) if changed else failure

    async def _within_limits(self, started: float) -> Response | Failure:
        left = None if self.deadline is None else self.deadline - started
        total = self.total
        of_attempt = left is None or (total is not None and total < left)
        scope = Deadline(total if of_attempt else left)
        interruption: BaseException
        try:
            with scope:
                if self.key_function is not None or self.hooks.before_request is not None:
                    self.request = await self._prepare()
                self.let_go = True
                response = await self.transport.send(self.request)
        except Exception as error:  # noqa: BLE001
            if isinstance(error, MistralError) or not scope.expired:
                return self._failure(error)
            if of_attempt:
                return RequestTimeoutError(f"No whole answer within {total:g} s", "total")
            return RequestTimeoutError("The call did not end before its deadline", "deadline")
        except BaseException as error:  # noqa: BLE001 - it is raised below
            interruption = error
        else:
            return self._read(response)
        try:
            raise bare(interruption)  # Cancellation, without the frames that hold the key.
        finally:
            del interruption

    def _read(self, response: Response) -> Response | Failure:
        """Return a response of success as it is, and any other as a failure."""
        if not isinstance(cast("object", response), Response):
            kind = type(response).__name__
            message = f"The transport returned {kind} in place of a `Response`"
            return self.without_key(APIConnectionError(message, temporary=False))
        if 200 <= response.status < 300:
            return response
        secret = self.request.authorization
        if secret is not None:
            headers = _without_secret(response.headers, secret)
            response = Response(response.status, headers, secret.hide_in(response.body))
        return read_error(response)

    def unexpected(self, error: Exception) -> Failure:
        """Return the failure for an exception in code of the caller's: a transport, say."""
        message = f"The call failed: {error!r}"
        return self.without_key(APIConnectionError(message, temporary=False))

    def _failure(self, error: Exception) -> Failure:
        """Return what an error of the transport, or of the body's source, is to the caller."""
        body = self.request.body
        fault = None if isinstance(body, bytes | None) else body.fault
        known = fault or error
        if isinstance(known, MistralError):
            return self.without_key(cast("Failure", known.with_traceback(None)))
        reason = in_one_line(without_userinfo(repr(known)))
        return self.without_key(APIConnectionError(f"The transport failed: {reason}"))

    async def _prepare(self) -> Request:
        """Return the request with the key of the moment, and as a hook wants it."""
        self.request = self.prepared
        if self.key_function is not None:
            key = await ask_for_key(self.key_function)
            self.request = attrs.evolve(self.prepared, authorization=bearer(key))
        if self.hooks.before_request is None:
            return self.request
        return await ask(
            self.hooks.before_request, Attempt(request=self.request, number=self.count)
        )


async def _abandon(outcome: Response | Failure | None) -> None:
    """Free the connection of a stream that nobody will read."""
    if isinstance(outcome, Response) and outcome.stream is not None:
        await outcome.stream.aclose()


def _without_secret(headers: Headers, secret: Secret) -> Headers:
    return Headers((name, secret.hide_in(text)) for name, text in headers.items())
