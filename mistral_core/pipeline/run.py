"""The request pipeline: build the request, send it with retries, read the response."""

import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Generic, TypeVar, cast, final

import attrs

from mistral_core.errors import (
    CLIENT_CLOSED,
    APIConnectionError,
    Failure,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
)
from mistral_core.hooks import CallHook, StartedCall
from mistral_core.http.headers import NO_HEADERS
from mistral_core.http.messages import Response
from mistral_core.http.metadata import Call
from mistral_core.instrumentation.deprecation import warn_of_deprecation
from mistral_core.instrumentation.observation import start_observation
from mistral_core.operations.declaration import Arguments, Operation
from mistral_core.operations.kinds import Returns
from mistral_core.options import RequestOptions
from mistral_core.pipeline.attempt import Sender, abandon
from mistral_core.pipeline.retry import RetryPolicy, settle
from mistral_core.pipeline.settings import Lifetime, Settings, merge
from mistral_core.request.build import build_form, build_request
from mistral_core.request.clouds import route_of
from mistral_core.response.read import is_large, read_large, read_response
from mistral_core.result import Err, Ok, Result

T = TypeVar("T")


@final
@attrs.frozen(eq=False, repr=False)
class Pipeline:
    """The request pipeline of a client.

    Attributes:
        settings: The settings of the client.
    """

    settings: Settings

    def copy(self) -> "Pipeline":
        """Return a pipeline with the same settings and a separate lifetime."""
        return Pipeline(attrs.evolve(self.settings, lifetime=Lifetime()))

    def run(
        self, operation: Operation[T], arguments: Arguments, options: RequestOptions | None
    ) -> Coroutine[Any, Any, Result[T, Failure]]:
        """Make a call. Only cancellation is raised.

        Args:
            operation: The operation to call.
            arguments: Its arguments.
            options: Per-call overrides.
        """
        hook = self.settings.hooks.on_call
        if hook is None:
            return self._run(operation, arguments, options, self.settings)
        return self._run_observed(hook, operation, arguments, options)

    async def _run_observed(
        self,
        hook: CallHook,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
    ) -> Result[T, Failure]:
        settings = self.settings
        server_url = (options and options.server_url) or settings.server_url
        started = StartedCall(operation=operation, arguments=arguments, server_url=server_url)
        observation = start_observation(hook, started)
        if observation is None:
            return await self._run(operation, arguments, options, settings)
        hooks = observation.join(settings.hooks)
        settings = attrs.evolve(settings, hooks=hooks, observation=observation)
        with observation.working():
            result = await self._run(operation, arguments, options, settings)
        if isinstance(result, Ok) and (operation.returns.streamed or operation.returns.websocket):
            observation.open(result.call)
        else:
            observation.end(result)
        return result

    async def _run(
        self,
        operation: Operation[T],
        arguments: Arguments,
        options: RequestOptions | None,
        settings: Settings,
    ) -> Result[T, Failure]:
        started = time.monotonic()
        if settings.lifetime.closed:
            return Err(InvalidRequestError(CLIENT_CLOSED))
        try:
            if options is not None:
                settings = merge(settings, options)
            timeout = settings.timeout
            server_url = settings.server_url
            if settings.cloud is not None:
                route = await route_of(
                    settings.cloud, operation, arguments, server_url, timeout.deadline
                )
                operation, arguments = route.operation, route.arguments
                server_url = route.server_url
            form = None
            if arguments.form is not None:
                form = await build_form(operation, arguments.form, timeout.deadline)
            request = build_request(
                operation,
                arguments,
                form,
                server_url=server_url,
                headers=settings.headers,
                credentials=settings.credentials,
                timeout=timeout,
            )
        except (InvalidRequestError, RequestTimeoutError) as error:
            return Err(error.with_traceback(None))
        new_sender: Callable[..., Sender] = Sender
        if settings.limits is not None:
            from mistral_core.pipeline.limited import LimitedSender  # noqa: PLC0415 - rarely used

            new_sender = partial(LimitedSender.of, settings.limits, arguments)
        sender = new_sender(
            settings,
            request,
            timeout.deadline and started + timeout.deadline,
            settings.credentials.refreshed and request.authorization is None,
        )
        try:
            result = await _send(operation, sender, started)
        except Exception as error:  # noqa: BLE001 - raised by user code such as a transport
            failure = APIConnectionError(f"The call failed: {error!r}", temporary=False)
            call = Call(attempts=sender.count, elapsed=time.monotonic() - started)
            return Err(sender.redact(failure), call=call)
        warn_of_deprecation(result.call, arguments)
        return result


async def _send(operation: Operation[T], sender: Sender, started: float) -> Result[T, Failure]:
    """Send the request, retry it as the policy allows, and read the response."""
    attempts = _Attempts(sender, operation.returns)
    outcome = await attempts.attempt()
    if not isinstance(outcome, Response):
        policy = RetryPolicy(
            config=sender.settings.retries,
            idempotent=sender.prepared.idempotent,
            started=started + sender.waited,
            deadline_at=sender.deadline_at,
            may_resend=sender.may_resend,
            hold=sender.hold,
        )
        outcome = await settle(outcome, attempts.attempt, policy, sender.before_retry)
    elapsed = time.monotonic() - started
    if isinstance(outcome, Response):
        call = Call(
            status=outcome.status,
            headers=outcome.headers,
            attempts=sender.count,
            elapsed=elapsed,
            body=outcome.body if sender.settings.raw_body and outcome.stream is None else None,
        )
        return Ok(cast("T", attempts.value), call=call)
    call = Call(
        status=attempts.status or getattr(outcome, "status", None),
        headers=getattr(outcome, "headers", NO_HEADERS),
        attempts=sender.count,
        elapsed=elapsed,
        body=getattr(outcome, "body", None) if sender.settings.raw_body else None,
    )
    return Err(outcome, call=call)


@final
@attrs.define(eq=False, repr=False)
class _Attempts(Generic[T]):
    """The attempts of a call, including reading the response.

    Attributes:
        sender: Sends the request.
        returns: The kind of a successful response.
        status: The status of the last response, if it was successful.
        value: The value of the last response.
    """

    sender: Sender
    returns: Returns[T]
    status: int | None = None
    value: T | None = None

    async def attempt(self) -> Response | Failure:
        """Make an attempt, and another with a new key if the server rejected the old one."""
        outcome = await self._attempt()
        return await self._attempt() if self.sender.may_renew(outcome) else outcome

    async def _attempt(self) -> Response | Failure:
        """Make an attempt. A response that reports an error is a failure despite its status."""
        sender = self.sender
        outcome = await sender.attempt()
        self.status = None
        if not isinstance(outcome, Response):
            return outcome
        self.status = outcome.status
        try:
            if is_large(self.returns, outcome):
                self.value = await read_large(self.returns, outcome, sender.reading())
            else:
                self.value = read_response(self.returns, outcome, sender.reading)
        except MistralError as error:
            await abandon(outcome)
            return sender.redact(cast("Failure", error.with_traceback(None)))
        return outcome
