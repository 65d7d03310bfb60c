"""One attempt of a call: authorize the request, send it within its time limits, read an error."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import attrs

from mistral_core.auth.credentials import RefreshedKey
from mistral_core.errors import (
    CLIENT_CLOSED,
    APIConnectionError,
    Failure,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
    SDKError,
    bare,
)
from mistral_core.hooks import Attempt
from mistral_core.http.messages import Request, Response, is_spent
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_core.instrumentation.notifications import (
    log_attempt,
    logger,
    notify,
    run_request_hook,
)
from mistral_core.pipeline.settings import Settings
from mistral_core.response.error_bodies import read_error
from mistral_core.response.redaction import redact
from mistral_core.response.streaming import Reading
from mistral_core.runtime.deadline import Deadline

F = TypeVar("F", bound=MistralError)


@attrs.define(eq=False, repr=False)
class Sender:
    """The sender of a call's request, with the state of its attempts.

    Attributes:
        settings: The settings of the call.
        prepared: The request before credentials and hooks change it.
        deadline_at: End of the call, by the monotonic clock. `None` means no limit.
        refreshed: Whether each attempt gets a new `Authorization` header.
        count: Number of attempts so far.
        sent: Whether the last attempt reached the transport.
        renewed: Whether a key that the server rejected has been replaced.
        waited: Seconds that the attempts spent waiting for the limits of the client.
        request: The request of the last attempt, with the changes of credentials and hooks.
        prepare: The transport's function to prepare the request for all attempts. `None` if there
            is none or it has been called.
    """

    settings: Settings
    prepared: Request
    deadline_at: float | None
    refreshed: bool
    count: int = 0
    sent: bool = False
    renewed: bool = False
    waited: float = 0.0
    request: Request = attrs.field(init=False)
    prepare: Callable[[Request], Awaitable[Request]] | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Start with the prepared request."""
        self.request = self.prepared
        self.prepare = getattr(self.settings.transport, "prepare", None)

    async def attempt(self) -> Response | Failure:
        """Make an attempt. Return a successful response or a failure; raise only cancellation."""
        if self.count and self.settings.lifetime.closed:  # Closed during the pause.
            return InvalidRequestError(CLIENT_CLOSED)
        self.count += 1
        started = time.monotonic()
        if self.settings.hooks.after_response is None and not logger.isEnabledFor(logging.DEBUG):
            return await self._send(started)
        self.sent = False
        outcome: Response | Failure | None = None
        try:
            outcome = final_outcome = await self._send(started)
        finally:
            await self._report(outcome, time.monotonic() - started)
        return final_outcome

    async def _report(self, outcome: Response | Failure | None, elapsed: float) -> None:
        attempt = Attempt(request=self.request, number=self.count, outcome=outcome, elapsed=elapsed)
        log_attempt(attempt)
        if self.sent and self.settings.hooks.after_response is not None:
            try:
                await notify(self.settings.hooks.after_response, attempt)
            except BaseException:
                await abandon(outcome)
                raise

    def may_resend(self) -> bool:
        """Return whether the body is replayable and the client open."""
        return not (is_spent(self.request.body) or self.settings.lifetime.closed)

    def may_renew(self, outcome: Response | Failure) -> bool:
        """Report a rejected key, and return whether another one can be sent, once per call."""
        rejected = isinstance(outcome, SDKError) and outcome.status == 401
        credentials = self.settings.credentials
        if not (rejected and self.refreshed and self.may_resend()) or self.renewed:
            return False
        self.renewed = isinstance(credentials, RefreshedKey) and credentials.reject(
            self.request.authorization
        )
        return self.renewed

    def hold(self, failure: Failure) -> float | None:  # noqa: ARG002
        """Return for how many seconds all calls are held back after a failure, or `None`."""
        return None

    async def before_retry(self, outcome: Response | Failure, pause: float) -> None:
        """Call the hook before a pause begins."""
        if self.settings.hooks.before_retry is not None:
            attempt = Attempt(request=self.request, number=self.count, outcome=outcome, pause=pause)
            await notify(self.settings.hooks.before_retry, attempt)

    def reading(self) -> Reading:
        """Return the limits of a streamed body."""
        settings = self.settings
        return Reading(
            self.request.read_timeout,
            settings.timeout.deadline,
            self.deadline_at,
            settings.max_response_bytes,
            self.request.authorization,
            settings.observation,
        )

    def redact(self, failure: F) -> F:
        """Return a failure with the key that was sent redacted."""
        return redact(failure, self.request.authorization)

    async def _send(self, started: float) -> Response | Failure:
        remaining = None if self.deadline_at is None else self.deadline_at - started
        total = self.settings.timeout.total
        is_total_first = remaining is None or (total is not None and total < remaining)
        scope = Deadline(total if is_total_first else remaining)
        interruption: BaseException
        try:
            with scope:
                hook = self.settings.hooks.before_request
                if self.refreshed or self.prepare is not None or hook is not None:
                    self.request = await self._prepare()
                self.sent = True
                response: Any = await self.settings.transport.send(self.request)
        except Exception as error:  # noqa: BLE001
            if isinstance(error, MistralError) or not scope.expired:
                return self.redact(_failure(error, self.request))
            if is_total_first:
                return RequestTimeoutError(f"No complete response within {total:g} s", "total")
            message = "The call did not complete before its deadline"
            return RequestTimeoutError(message, "deadline")
        except BaseException as error:  # noqa: BLE001 - raised below
            interruption = error
        else:
            if isinstance(response, Response) and _is_success(response):
                return response
            return self.redact(_error(response))
        try:
            raise bare(interruption)  # Cancellation, without the frames that contain the key.
        finally:
            del interruption

    async def _prepare(self) -> Request:
        """Return the request with a current `Authorization` header and the changes of a hook."""
        self.request = self.prepared
        if self.refreshed:
            header = await self.settings.credentials.refresh()
            self.request = attrs.evolve(self.prepared, authorization=header)
        if self.prepare is not None:
            self.request = self.prepared = await self.prepare(self.request)
            self.prepare = None
        hook = self.settings.hooks.before_request
        if hook is None:
            return self.request
        return await run_request_hook(hook, Attempt(request=self.request, number=self.count))


def _is_success(response: Response) -> bool:
    is_open = response.status == 101 and response.stream is not None
    return is_open or 200 <= response.status < 300


def _error(response: Any) -> Failure:
    """Map an unsuccessful response to a failure."""
    if not isinstance(response, Response):
        kind = type(response).__name__
        message = f"The transport returned {kind} instead of a `Response`"
        return APIConnectionError(message, temporary=False)
    return read_error(response)


def _failure(error: Exception, request: Request) -> Failure:
    """Map an error of the transport, or of the source of the body, to a failure."""
    body = request.body
    fault = None if isinstance(body, bytes | None) else body.fault
    cause = fault or error
    if isinstance(cause, MistralError):
        return cast("Failure", cause.with_traceback(None))
    reason = in_one_line(without_userinfo(repr(cause)))
    return APIConnectionError(f"The transport failed: {reason}")


async def abandon(outcome: Response | Failure | None) -> None:
    """Free the connection of an unread stream."""
    if isinstance(outcome, Response) and outcome.stream is not None:
        await outcome.stream.aclose()
