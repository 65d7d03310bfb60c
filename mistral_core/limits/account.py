"""Accounts, which count the requests and tokens of the last minute.

An account only counts. The module `call_queue` handles the order of waiting calls, their deadlines
and concurrency.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import count
from threading import RLock
from typing import Protocol, final
from uuid import uuid4

import attrs

from mistral_core.limits.limit import MARGIN, MINUTE, Window


def _new_identifier() -> str:
    return uuid4().hex


@attrs.define(eq=False)
class Place:
    """The place of one attempt within the limits of a model.

    Attributes:
        model: The model.
        tokens: Estimated tokens of the attempt.
        identifier: A unique ID.
        taken_at: When the place was taken, by the monotonic clock of this process.
        requests_before: Requests in the account when the place was taken, minus all requests ever
            added. Plus those ever added at a later time, it is the number that the server may have
            counted by then.
        tokens_before: The same for tokens.
    """

    model: str
    tokens: int
    identifier: str = attrs.field(factory=_new_identifier)
    taken_at: float = 0.0
    requests_before: int = 0
    tokens_before: int = 0


@attrs.frozen
class Settlement:
    """The actual usage of an attempt that has ended.

    Attributes:
        place: The place of the attempt.
        tokens: Tokens that it cost. `None` if it was not sent, so that the place is free again.
        requests_used: Requests in this minute as counted by the server, other clients included.
            `None` if the server does not report it.
        tokens_used: The same for tokens.
    """

    place: Place
    tokens: int | None
    requests_used: int | None = None
    tokens_used: int | None = None


class Account(Protocol):
    """A count of the requests and tokens of each model, which several clients can share.

    Its methods must not raise. `settle` is called from any thread and must not wait.
    """

    async def reserve(self, place: Place, windows: Sequence[Window]) -> float:
        """Take a place if all windows have room for it, and return 0.

        Otherwise return the seconds until they may have room.
        """
        ...

    async def forecast(
        self, model: str, requests: int, tokens: int, windows: Sequence[Window]
    ) -> float:
        """Return the seconds until the last of several requests can be sent, at the earliest."""
        ...

    def settle(self, settlement: Settlement) -> None:
        """Correct the usage of an attempt, now or with the next reservation."""
        ...

    async def hold(self, model: str, seconds: float) -> None:
        """Grant no places for a model during the next `seconds`."""
        ...


def fitting(tokens: int, windows: Sequence[Window]) -> int:
    """Return the tokens of one request, capped at what every window allows."""
    return min(tokens, *(each.allowance for each in windows if each.unit == "tokens"), tokens)


def longest(windows: Sequence[Window] = ()) -> float:
    """Return the seconds after which a request is in no window: a minute or more."""
    return max(MINUTE * (1 + MARGIN), *(window.seconds for window in windows), 0.0)


@final
class LocalAccount:
    """An account in the memory of this process, for all threads and event loops."""

    def __init__(self) -> None:
        """Create an empty account."""
        self._logs: dict[str, _Log] = {}
        self._lock = RLock()

    async def reserve(self, place: Place, windows: Sequence[Window]) -> float:
        """Take a place if all windows have room for it. See `Account`."""
        with self._lock:
            log, now = self._log(place.model, windows), time.monotonic()
            wait = log.wait(now, 1, fitting(place.tokens, windows), windows)
            if wait <= 0:
                log.add(now, place)
            return wait

    def record(self, place: Place, windows: Sequence[Window]) -> None:
        """Count a place that another account has granted."""
        with self._lock:
            self._log(place.model, windows).add(time.monotonic(), attrs.evolve(place))

    async def forecast(
        self, model: str, requests: int, tokens: int, windows: Sequence[Window]
    ) -> float:
        """Return the seconds until the last of several requests can be sent. See `Account`."""
        with self._lock:
            return self._log(model, windows).wait(time.monotonic(), requests, tokens, windows)

    def settle(self, settlement: Settlement) -> None:
        """Correct the usage of an attempt immediately."""
        with self._lock:
            self._log(settlement.place.model, ()).settle(time.monotonic(), settlement)

    async def hold(self, model: str, seconds: float) -> None:
        """Grant no places for a model during the next `seconds`."""
        with self._lock:
            log = self._log(model, ())
            log.held_until = max(log.held_until, time.monotonic() + seconds)

    def _log(self, model: str, windows: Sequence[Window]) -> "_Log":
        log = self._logs.get(model) or self._logs.setdefault(model, _Log())
        log.forget(time.monotonic(), windows)
        return log

    def __reduce__(self) -> "tuple[type[LocalAccount], tuple[()]]":
        """Pickle without counts: the unpickled account is empty."""
        return LocalAccount, ()


@final
@attrs.define(eq=False)
class _Log:
    """The requests and tokens of the last minute.

    Attributes:
        requests: The times of requests, in order.
        tokens: The time and the tokens of each place, in order of time.
        held_until: The time at which places are granted again.
        total: The sum of `tokens`.
        requests_ever: Number of requests that were ever added.
        tokens_ever: Number of tokens that were ever added.
        kept: Seconds after which an entry is dropped.
    """

    requests: list[float] = attrs.field(factory=list[float])
    tokens: dict[str, tuple[float, int]] = attrs.field(factory=dict[str, tuple[float, int]])
    held_until: float = 0.0
    total: int = 0
    requests_ever: int = 0
    tokens_ever: int = 0
    kept: float = attrs.field(factory=longest)
    _others: "count[int]" = attrs.field(factory=count)

    def forget(self, now: float, windows: Sequence[Window]) -> None:
        """Drop entries that are no longer in any window."""
        if windows:
            self.kept = longest(windows)
        del self.requests[: bisect_right(self.requests, now - self.kept)]
        tokens_kept = min(
            (each.seconds for each in windows if each.unit == "tokens"), default=self.kept
        )
        while self.tokens:
            oldest = next(iter(self.tokens))
            added, tokens = self.tokens[oldest]
            if added > now - tokens_kept:
                break
            del self.tokens[oldest]
            self.total -= tokens

    def wait(self, now: float, requests: int, tokens: int, windows: Sequence[Window]) -> float:
        """Return the seconds until this many requests and tokens fit in all windows."""
        due = self.held_until
        for window in windows:
            at = self._requests_at if window.unit == "requests" else self._tokens_at
            due = max(due, at(now, requests if window.unit == "requests" else tokens, window))
        return max(0.0, due - now)

    def _requests_at(self, now: float, requests: int, window: Window) -> float:
        """Return when the last of several requests fits, if each is sent as early as possible."""
        periods, rank = divmod(requests - 1, window.allowance)
        index = len(self.requests) - window.allowance + rank
        due = now if index < 0 else max(now, self.requests[index] + window.seconds)
        return due + periods * window.seconds

    def _tokens_at(self, now: float, tokens: int, window: Window) -> float:
        periods, rest = divmod(max(tokens, 1) - 1, window.allowance)
        if tokens <= 0:
            return now
        excess = self.total + rest + 1 - window.allowance
        due = now
        for added, freed in self.tokens.values():
            if excess <= 0:
                break
            excess -= freed
            due = max(now, added + window.seconds)
        return due + periods * window.seconds

    def add(self, now: float, place: Place) -> None:
        """Add a place."""
        self._add(now, place.identifier, 1, place.tokens)
        place.taken_at = now
        place.requests_before = len(self.requests) - self.requests_ever
        place.tokens_before = self.total - self.tokens_ever

    def _add(self, now: float, identifier: str, requests: int, tokens: int) -> None:
        self.requests += [now] * requests
        self.requests_ever += requests
        self.tokens[identifier] = (now, tokens)
        self.total += tokens
        self.tokens_ever += tokens

    def settle(self, now: float, settlement: Settlement) -> None:
        """Correct the entry of a place, and add the reported usage of other clients."""
        place = settlement.place
        added, tokens = self.tokens.get(place.identifier, (0.0, None))
        if tokens is not None:
            change = (settlement.tokens or 0) - tokens
            self.tokens[place.identifier] = added, tokens + change
            self.total += change
            self.tokens_ever += change
            if settlement.tokens is None:
                del self.tokens[place.identifier]
                del self.requests[bisect_left(self.requests, added)]
                self.requests_ever -= 1
        requests_counted = place.requests_before + self.requests_ever
        tokens_counted = place.tokens_before + self.tokens_ever
        others = max(0, (settlement.requests_used or 0) - requests_counted)
        tokens_of_others = max(0, (settlement.tokens_used or 0) - tokens_counted)
        if others or tokens_of_others:
            self._add(now, f"others {next(self._others)}", others, tokens_of_others)
