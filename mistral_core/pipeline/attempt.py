"""One attempt of a call: authorize the request, send it within its time limits, read errors."""

import logging
import time
from typing import TypeVar, cast, final

import attrs

from mistral_core.errors import (
    CLIENT_CLOSED,
    APIConnectionError,
    Failure,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
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


@final
@attrs.define
class Sender:
    """Sends the request of a call, once for each attempt.

    Attributes:
        settings: What the call runs with.
        prepared: The request that each attempt begins with.
        deadline_at: When the call must have ended, by the monotonic clock.
        refreshed: Whether each attempt asks for the `Authorization` header.
        count: The number of attempts so far.
        sent: Whether the last attempt got as far as the transport.
        request: The request of the last attempt, as the credentials and a hook have changed it.
    """

    settings: Settings
    prepared: Request
    deadline_at: float | None
    refreshed: bool
    count: int = 0
    sent: bool = False
    request: Request = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the request as it was prepared."""
        self.request = self.prepared

    async def attempt(self) -> Response | Failure:
        """Make one attempt: a response of success, or a failure. Raises only cancellation."""
        if self.count and self.settings.lifetime.closed:  # It was closed during the pause.
            return InvalidRequestError(CLIENT_CLOSED)
        self.count += 1
        started = time.monotonic()
        if self.settings.hooks.after_response is None and not logger.isEnabledFor(logging.DEBUG):
            return await self._send(started)
        self.sent = False
        outcome: Response | Failure | None = None
        try:
            outcome = settled = await self._send(started)
        finally:
            await self._report(outcome, time.monotonic() - started)
        return settled

    async def _report(self, outcome: Response | Failure | None, elapsed: float) -> None:
        attempt = Attempt(request=self.request, number=self.count, outcome=outcome, elapsed=elapsed)
        log_attempt(attempt)
        if self.sent and self.settings.hooks.after_response is not None:
            try:
                await notify(self.settings.hooks.after_response, attempt)
            except BaseException:
                await _abandon(outcome)
                raise

    def may_resend(self) -> bool:
        """Return whether the request can be sent again: its body, and over an open client."""
        return not (is_spent(self.request.body) or self.settings.lifetime.closed)

    async def before_retry(self, outcome: Response | Failure, pause: float) -> None:
        """Notify the hook of a pause that is about to begin."""
        if self.settings.hooks.before_retry is not None:
            attempt = Attempt(request=self.request, number=self.count, outcome=outcome, pause=pause)
            await notify(self.settings.hooks.before_retry, attempt)

    def reading(self) -> Reading:
        """Return the limits of a body that is read while it arrives."""
        settings = self.settings
        return Reading(
            self.request.read_timeout,
            settings.timeout.deadline,
            self.deadline_at,
            settings.max_response_bytes,
            self.request.authorization,
        )

    def redact(self, failure: F) -> F:
        """Return a failure without the key that was sent."""
        return redact(failure, self.request.authorization)

    async def _send(self, started: float) -> Response | Failure:
        left = None if self.deadline_at is None else self.deadline_at - started
        total = self.settings.timeout.total
        of_attempt = left is None or (total is not None and total < left)
        scope = Deadline(total if of_attempt else left)
        interruption: BaseException
        try:
            with scope:
                if self.refreshed or self.settings.hooks.before_request is not None:
                    self.request = await self._prepare()
                self.sent = True
                response = await self.settings.transport.send(self.request)
        except Exception as error:  # noqa: BLE001
            if isinstance(error, MistralError) or not scope.expired:
                return self.redact(_failure(error, self.request))
            if of_attempt:
                return RequestTimeoutError(f"No complete response within {total:g} s", "total")
            return RequestTimeoutError("The call did not end before its deadline", "deadline")
        except BaseException as error:  # noqa: BLE001 - it is raised below
            interruption = error
        else:
            if isinstance(cast("object", response), Response) and 200 <= response.status < 300:
                return response
            return self.redact(_error(response))
        try:
            raise bare(interruption)  # Cancellation, without the frames that hold the key.
        finally:
            del interruption

    async def _prepare(self) -> Request:
        """Return the request with the header of the moment, and as a hook wants it."""
        self.request = self.prepared
        if self.refreshed:
            header = await self.settings.credentials.refresh()
            self.request = attrs.evolve(self.prepared, authorization=header)
        hook = self.settings.hooks.before_request
        if hook is None:
            return self.request
        return await run_request_hook(hook, Attempt(request=self.request, number=self.count))


def _error(response: Response) -> Failure:
    """Return the failure that a response means which is not one of success."""
    if not isinstance(cast("object", response), Response):
        kind = type(response).__name__
        message = f"The transport returned {kind} in place of a `Response`"
        return APIConnectionError(message, temporary=False)
    return read_error(response)


def _failure(error: Exception, request: Request) -> Failure:
    """Return the failure that an error of the transport, or of the body's source, means."""
    body = request.body
    fault = None if isinstance(body, bytes | None) else body.fault
    cause = fault or error
    if isinstance(cause, MistralError):
        return cast("Failure", cause.with_traceback(None))
    reason = in_one_line(without_userinfo(repr(cause)))
    return APIConnectionError(f"The transport failed: {reason}")


async def _abandon(outcome: Response | Failure | None) -> None:
    """Free the connection of an unread stream."""
    if isinstance(outcome, Response) and outcome.stream is not None:
        await outcome.stream.aclose()
