"""Attempts within limits. Each waits for a place, and settles its cost afterwards."""

import time
from collections.abc import Mapping
from functools import partial
from typing import Any, Self, cast, final

import attrs

from mistral_core.errors import Failure, HTTPValidationError, InvalidRequestError, SDKError
from mistral_core.http.headers import retry_after
from mistral_core.http.messages import Response
from mistral_core.limits.account import Place
from mistral_core.limits.call_queue import CallQueue
from mistral_core.limits.limits import Limits, TokenCounter
from mistral_core.limits.metered_stream import metered
from mistral_core.limits.token_counts import cost, estimate_prompt, maximum_output
from mistral_core.operations.declaration import Arguments
from mistral_core.pipeline.attempt import Sender


@final
@attrs.define(eq=False, repr=False)
class LimitedSender(Sender):
    """A sender whose attempts wait for the limits of the client.

    Attributes:
        queue: The queue of the model.
        ticket: The number of the call in the order of all calls.
        fields: The fields of the request.
        count_tokens: The user's function that counts tokens.
        prompt: Estimated tokens of the prompt.
        tokens: Estimated tokens of the call. `None` before the first attempt.
        is_refused: Whether the last attempt was not made, because of the deadline.
    """

    queue: CallQueue = attrs.field(kw_only=True)
    ticket: int = attrs.field(kw_only=True)
    fields: Mapping[str, Any] = attrs.field(kw_only=True)
    count_tokens: TokenCounter | None = attrs.field(kw_only=True)
    prompt: int = 0
    tokens: int | None = None
    is_refused: bool = False

    @classmethod
    def of(cls, limits: Limits, arguments: Arguments, *sender: Any) -> Self:
        """Return the sender of a call, with the arguments of a `Sender`."""
        fields: Any = arguments.json or arguments.form or arguments.body
        if not isinstance(fields, Mapping):
            fields = arguments.query
        fields = cast("Mapping[str, Any]", fields)
        model: object = fields.get("model") or fields.get("agent_id")
        queue = limits.queue(model if isinstance(model, str) else "")
        return cls(
            *sender,
            queue=queue,
            ticket=next(limits.tickets),
            fields=fields,
            count_tokens=limits.count_tokens,
        )

    async def attempt(self) -> Response | Failure:
        """Make an attempt as soon as the limits allow it."""
        arrived = time.monotonic()
        self.sent = False
        try:
            if self.tokens is None:
                self.tokens = self._estimate() if self.queue.limit.counts_tokens else 0
            place = await self.queue.enter(self.ticket, self.tokens, self.deadline_at)
        except InvalidRequestError as error:
            return error.with_traceback(None)
        self.waited += time.monotonic() - arrived
        if not isinstance(place, Place):
            self.is_refused = True
            return place
        try:
            outcome = await super().attempt()
        except BaseException:
            self.queue.leave(place, place.tokens if self.sent else None)
            raise
        if isinstance(outcome, Response):
            return self._accepted(place, outcome)
        await self._failed(place, outcome)
        return outcome

    def _estimate(self) -> int:
        """Estimate the tokens that the call may cost.

        Raises:
            InvalidRequestError: The user's function failed.
        """
        if self.count_tokens is None:
            self.prompt = estimate_prompt(self.fields, self.prepared.body)
            output = maximum_output(self.fields)
            typical = round(self.queue.typical_output)
            return self.prompt and self.prompt + (typical if output is None else output)
        try:
            return max(0, int(self.count_tokens(self.fields)))
        except Exception as error:
            raise InvalidRequestError(f"`count_tokens` raised {error!r}") from error

    def _accepted(self, place: Place, response: Response) -> Response:
        """Free the place, or have a stream free it at its end."""
        tokens = cost(response.headers, response.body)
        self.queue.accept(place)
        if response.stream is None:
            self._end(place, tokens, None)
        tokens = place.tokens if tokens is None else tokens
        self.queue.read(place, tokens, response.headers)
        if response.stream is None:
            return response
        stream = metered(response.stream, partial(self._end, place, tokens))
        return attrs.evolve(response, stream=stream)

    def _end(self, place: Place, before: int | None, after: int | None) -> None:
        """Free a place, with the tokens that the response reports before or after its body."""
        tokens = before if after is None else after
        if self.prompt and tokens is not None:
            self.queue.learn_output(tokens - self.prompt)
        self.queue.leave(place, place.tokens if tokens is None else tokens)

    async def _failed(self, place: Place, failure: Failure) -> None:
        """Free the place; after a 429, hold back all calls."""
        if not isinstance(failure, SDKError | HTTPValidationError):
            was_sent = self.sent and getattr(failure, "sent", True)
            self.queue.leave(place, place.tokens if was_sent else None)
            return
        tokens = cost(failure.headers, b"") or 0
        self.queue.read(place, tokens, failure.headers)
        try:
            if failure.status != 429:
                self.queue.accept(place)
            elif failure.retryable:
                await self.queue.hold(place, retry_after(failure.headers))
        finally:
            self.queue.leave(place, tokens)

    def may_resend(self) -> bool:
        """Return whether the request can be sent again, and the limits allow it."""
        return not self.is_refused and super().may_resend()

    def hold(self, failure: Failure) -> float | None:
        """Return for how many seconds the queue is held back after a 429, or `None`."""
        held = self.queue.held_until - time.monotonic()
        is_held = isinstance(failure, SDKError) and failure.status == 429 and held > 0
        return held if is_held else None
