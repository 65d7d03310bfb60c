"""The queue of calls that wait for one model, in order and within their deadlines.

Only the first call of the queue queries the account; when it leaves, it wakes the next one. The
calls may be in several threads and event loops.
"""

import asyncio
import math
import random
import time
from bisect import insort
from collections.abc import Mapping
from contextlib import suppress
from threading import RLock
from typing import final

import attrs

from mistral_core.errors import RequestTimeoutError
from mistral_core.instrumentation.notifications import logger
from mistral_core.limits.account import Account, Place, Settlement
from mistral_core.limits.learned_limit import LearnedLimit
from mistral_core.runtime.deadline import current_task

MIN_WAIT = 0.001
"""Minimum number of seconds before an account is queried again."""

FIRST_PAUSE = 0.5
"""Seconds of the first pause after a 429 without a valid `Retry-After`. It doubles each time."""

FIRST_OUTPUT = 500.0
"""Tokens that a call is expected to cost beyond its prompt, before any call has ended."""

PROBE_TIME = 10.0
"""Seconds to wait for a response that shows whether more requests can be sent."""


@attrs.define(eq=False)
class _Waiter:
    """A waiting call.

    Attributes:
        ticket: Its number in the order of all calls. A retry keeps the number of its call.
        tokens: Estimated tokens of the call.
        woken: Set when the call is the first, or when the queue has changed.
    """

    ticket: int
    tokens: int
    woken: "asyncio.Future[None]"

    def wake(self) -> None:
        """Wake the call, from any thread."""
        with suppress(RuntimeError):  # Its event loop is closed.
            self.woken.get_loop().call_soon_threadsafe(_set, self.woken)

    async def sleep(self, seconds: float) -> None:
        """Sleep until woken, for at most `seconds`."""
        loop = self.woken.get_loop()
        timer = None
        if seconds != math.inf:
            timer = loop.call_later(max(seconds, MIN_WAIT), _set, self.woken)
        try:
            await self.woken
        finally:
            if timer is not None:
                timer.cancel()
            self.woken = loop.create_future()


def _set(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


def _ticket(waiter: _Waiter) -> int:
    return waiter.ticket


@attrs.frozen
class _Wait:
    """The wait of a call, in seconds.

    Attributes:
        minimum: Time until a place may be free.
        maximum: Time until the call checks again, unless it is woken earlier.
    """

    minimum: float
    maximum: float


@final
class CallQueue:
    """The waiting calls of one model.

    Attributes:
        limit: The limit of the model.
        held_until: The time at which requests are sent again after a 429, by the monotonic clock.
        typical_output: Average number of tokens that a call costs beyond its prompt.
    """

    limit: LearnedLimit
    held_until: float
    typical_output: float

    def __init__(
        self,
        model: str,
        limit: LearnedLimit,
        account: Account,
        *,
        concurrency: int | None = None,
        max_pause: float = 60.0,
    ) -> None:
        """Create an empty queue.

        If no limit is known, one request at a time is sent until the first response.
        """
        self.limit = limit
        self.typical_output = FIRST_OUTPUT
        self._model = model
        self._account = account
        self._concurrency = concurrency
        self._max_pause = max_pause
        self._lock = RLock()  # Reentrant: garbage collection may end a stream anywhere.
        self._waiting: list[_Waiter] = []
        self._running = 0
        self.held_until = 0.0
        self._refusals = 0
        # Slow start as in TCP: after a 429, one request may be in flight. The number doubles with
        # each round trip up to half of its former value, and then increases by one.
        self._window = math.inf if limit.is_known else 1.0
        self._threshold = math.inf
        self._in_flight: set[Place] = set()
        self._in_flight_until = 0.0

    # ------------------------------------------------------------------------------------- waiting

    async def enter(
        self, ticket: int, tokens: int, deadline_at: float | None
    ) -> Place | RequestTimeoutError:
        """Wait for a place, in order of the tickets.

        Returns:
            The place, or an error as soon as it is clear that none is free before the deadline.

        Raises:
            InvalidRequestError: No asyncio task is running.
        """
        loop = current_task().get_loop()
        place = Place(self._model, tokens)
        waiter = _Waiter(ticket, tokens, loop.create_future())
        with self._lock:
            insort(self._waiting, waiter, key=_ticket)
        try:
            while True:
                wait = await self._wait(waiter, place)
                if wait is None:
                    return place
                remaining = math.inf if deadline_at is None else deadline_at - time.monotonic()
                if remaining <= wait.minimum or remaining <= 0:
                    return self._too_late(wait.minimum)
                await waiter.sleep(min(wait.maximum, remaining))
        finally:
            with self._lock:
                self._waiting.remove(waiter)
            self._wake(1)

    async def _wait(self, waiter: _Waiter, place: Place) -> _Wait | None:
        """Take a place if the call is the first and one is free. Otherwise return the wait."""
        with self._lock:
            ahead = self._waiting.index(waiter)
            if not ahead and (wait := self._wait_here()) is not None:
                return wait
            tokens = sum(each.tokens for each in self._waiting[: ahead + 1])
            self._running += not ahead
        if ahead:
            held = self.held_until - time.monotonic()
            forecast = self._account.forecast(self._model, ahead + 1, tokens, self.limit.windows)
            return _Wait(max(held, await forecast), math.inf)
        wait_there = math.inf
        try:
            wait_there = await self._account.reserve(place, self.limit.windows)
        except asyncio.CancelledError:
            self._account.settle(Settlement(place, None))  # The place may have been granted.
            raise
        finally:
            if wait_there > 0:
                self._running -= 1
        if wait_there > 0:
            return _Wait(wait_there, wait_there)
        place.taken_at = time.monotonic()
        self._in_flight.add(place)
        self._in_flight_until = place.taken_at + PROBE_TIME
        return None

    def _wait_here(self) -> _Wait | None:
        """Return the wait of the first call, or `None` if only the account decides."""
        now = time.monotonic()
        if now < self.held_until:
            return _Wait(self.held_until - now, self.held_until - now)
        if len(self._in_flight) >= self._window and now < self._in_flight_until:
            return _Wait(0.0, self._in_flight_until - now)
        if self._concurrency is not None and self._running >= self._concurrency:
            return _Wait(0.0, math.inf)
        return None

    def _too_late(self, wait: float) -> RequestTimeoutError:
        limits = f"The limits of `{self._model}`" if self._model else "The limits"
        message = f"{limits} allow no request before the deadline of the call"
        if wait > 0:
            message += f"; the next one is possible in {wait:.3g} s"
        return RequestTimeoutError(message, "deadline")

    def _wake(self, count: int | None = None) -> None:
        for waiter in self._waiting[:count]:
            waiter.wake()

    # ------------------------------------------------------------------------------------- leaving

    def leave(self, place: Place, tokens: int | None) -> None:
        """Free the place of an attempt that has ended, from any thread.

        Args:
            place: The place.
            tokens: Tokens that the attempt cost. `None` if it was not sent.
        """
        with self._lock:
            self._running -= 1
            self._in_flight.discard(place)
        self._account.settle(Settlement(place, tokens))
        self._wake(1)

    def learn_output(self, tokens: int) -> None:
        """Update the average with the tokens that a call cost beyond its prompt."""
        self.typical_output += (max(0, tokens) - self.typical_output) / 8

    def read(self, place: Place, tokens: int, headers: Mapping[str, str]) -> None:
        """Apply the limits and counts that a response reports.

        Args:
            place: The place of the attempt.
            tokens: Tokens that the attempt cost, as far as they are known.
            headers: The headers of the response.
        """
        requests_used, tokens_used = self.limit.read(headers)
        if requests_used is not None or tokens_used is not None:
            self._account.settle(Settlement(place, tokens, requests_used, tokens_used))

    def accept(self, place: Place) -> None:
        """Allow more requests in flight, as the server has accepted one."""
        with self._lock:
            if place in self._in_flight:
                self._in_flight.discard(place)
                self._refusals = 0
                if self._threshold == math.inf:
                    self._window = math.inf
                else:
                    self._window += 1 if self._window < self._threshold else 1 / self._window
        self._wake(1)

    async def hold(self, place: Place, requested: float | None) -> None:
        """Delay all calls after a 429, and then let the requests in flight increase slowly.

        Args:
            place: The place of the refused attempt.
            requested: Seconds that the server requests, if any.
        """
        with self._lock:
            now = time.monotonic()
            if place in self._in_flight:
                self._refusals += 1
                self._window, self._threshold = 1.0, max(1.0, len(self._in_flight) / 2)
                self._in_flight.clear()  # They were sent before the first one was refused.
            elif not requested:
                return
            pause = requested or FIRST_PAUSE * 2 ** min(self._refusals - 1, 20)
            pause *= 1 if requested else 1 + random.random() / 4  # noqa: S311
            if pause > self._max_pause:
                if requested:
                    logger.warning(
                        "The server requested a pause of %.0f s for %r; it is limited to %.0f s",
                        *(requested, self._model, self._max_pause),
                    )
                pause = self._max_pause
            self.held_until = max(self.held_until, now + pause)
        await self._account.hold(self._model, self.held_until - now)
        self._wake()  # A call with an earlier deadline ends now.
