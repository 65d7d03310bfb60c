"""An account in Redis, for several processes. Needs the extra `redis`."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from math import ceil
from typing import final

import attrs

from mistral_core.instrumentation.notifications import logger
from mistral_core.limits.account import LocalAccount, Place, Settlement, fitting, longest
from mistral_core.limits.limit import Window

RETRY_INTERVAL = 5.0
"""Seconds before Redis is tried again after it could not be reached."""

MAX_AGE = 1.0
"""Seconds after which the counts that a response reports are too old to be used."""

MAX_SETTLEMENTS = 10_000
"""Maximum number of settlements of a model that wait for the next reservation."""


@final
class RedisAccount:
    """An account in Redis, which several processes and machines share.

    Times are taken from the clock of the Redis server. While it cannot be reached, each process
    counts on its own, within its share of the limits, and a warning is logged.

    Connections are opened when they are needed, in each event loop, and closed when the loop ends
    or with `aclose()`. An account can be pickled. Concurrency is not shared.
    """

    def __init__(
        self,
        url: str = "redis://localhost",
        *,
        prefix: str = "mistral-limits",
        processes: int = 1,
        timeout: float = 1.0,
    ) -> None:
        """Configure an account. It connects when it is first used.

        Args:
            url: The URL of the server, such as `redis://localhost:6379/0`.
            prefix: The first part of all keys. Processes with the same prefix share an account: use
                one prefix for each API key.
            processes: Number of processes. While Redis cannot be reached, each of them gets an
                equal share of the limits.
            timeout: Seconds to wait for Redis.

        Raises:
            ModuleNotFoundError: The package `redis` is not installed.
            ValueError: The URL is not valid, or `processes` is less than 1.
        """
        if processes < 1:
            raise ValueError(f"`processes` must be at least 1, got {processes}")
        try:
            from mistral_core.limits.redis_connections import Connections  # noqa: PLC0415
        except ModuleNotFoundError as error:
            message = (
                "`RedisAccount` requires the package `redis`. Install the extra `redis`: in a "
                "checkout of the project, pip install '.[redis]'"
            )
            raise ModuleNotFoundError(message, name=error.name) from None
        self._connections = Connections(url, timeout)
        self._settings = url, prefix, processes, timeout
        self._local = LocalAccount()
        self._settlements: dict[str, deque[tuple[float, Settlement]]] = {}
        self._retry_at = 0.0
        self._is_reachable = True

    async def reserve(self, place: Place, windows: Sequence[Window]) -> float:
        """Take a place if all windows have room for it. See `Account`."""
        tokens = fitting(place.tokens, windows)
        reply = await self._run(place.model, windows, 1, tokens, place=place)
        if reply is None:
            return await self._local.reserve(place, self._share(windows))
        wait, requests_before, tokens_before = reply
        if wait <= 0:
            self._local.record(place, windows)
            place.requests_before, place.tokens_before = int(requests_before), int(tokens_before)
        return wait

    async def forecast(
        self, model: str, requests: int, tokens: int, windows: Sequence[Window]
    ) -> float:
        """Return the seconds until the last of several requests can be sent. See `Account`."""
        reply = await self._run(model, windows, requests, tokens)
        if reply is None:
            return await self._local.forecast(model, requests, tokens, self._share(windows))
        return reply[0]

    def settle(self, settlement: Settlement) -> None:
        """Correct the usage of an attempt, with the next reservation."""
        self._local.settle(attrs.evolve(settlement, requests_used=None, tokens_used=None))
        queue = self._settlements.setdefault(settlement.place.model, deque(maxlen=MAX_SETTLEMENTS))
        queue.append((time.monotonic(), settlement))

    async def hold(self, model: str, seconds: float) -> None:
        """Grant no places for a model during the next `seconds`, in all processes."""
        await self._local.hold(model, seconds)
        await self._run(model, (), 1, 0, hold=seconds)

    async def aclose(self) -> None:
        """Close the connections of the running event loop. Safe to call twice."""
        await self._connections.aclose()

    def _share(self, windows: Sequence[Window]) -> list[Window]:
        """Return the windows with this process's share of their allowances."""
        _, _, processes, _ = self._settings
        return [
            attrs.evolve(each, allowance=max(1, each.allowance // processes)) for each in windows
        ]

    async def _run(
        self,
        model: str,
        windows: Sequence[Window],
        requests: int,
        tokens: int,
        *,
        place: Place | None = None,
        hold: float = 0.0,
    ) -> list[float] | None:
        """Run the script, and return its reply, or `None` if Redis cannot be reached."""
        if time.monotonic() < self._retry_at:
            return None
        order = {
            "windows": [attrs.asdict(window) for window in windows],
            "kept": longest(windows),
            "requests": requests,
            "tokens": tokens,
            "place": None if place is None else place.identifier,
            "cost": 0 if place is None else place.tokens,
            "hold": ceil(hold * 1000),
            "settlements": self._pending(model),
        }
        _, prefix, _, _ = self._settings
        keys = [f"{prefix}:{{{model}}}:{part}" for part in ("requests", "tokens", "costs", "hold")]
        try:
            reply = await self._connections.run(keys, order)
        except OSError as error:
            self._retry_at = time.monotonic() + RETRY_INTERVAL
            if self._is_reachable:
                logger.warning(
                    "Redis cannot be reached, so each process uses its share of the limits: %s",
                    error,
                )
            self._is_reachable = False
            return None
        if not self._is_reachable:
            logger.warning("Redis can be reached again, so the limits are shared")
        self._is_reachable = True
        return reply

    def _pending(self, model: str) -> list[dict[str, object]]:
        """Remove and return the settlements of a model that have not been sent yet."""
        now, queue = time.monotonic(), self._settlements.get(model)
        pending: list[dict[str, object]] = []
        with suppress(IndexError):  # Another thread may have removed the last one.
            while queue:
                settled_at, settlement = queue.popleft()
                place, is_new = settlement.place, now - settled_at < MAX_AGE
                pending.append(
                    {
                        "place": place.identifier,
                        "unused": settlement.tokens is None,
                        "tokens": settlement.tokens or 0,
                        "requests_used": (is_new and settlement.requests_used) or 0,
                        "tokens_used": (is_new and settlement.tokens_used) or 0,
                        "requests_before": place.requests_before,
                        "tokens_before": place.tokens_before,
                    }
                )
        return pending

    def __reduce__(self) -> "tuple[Callable[..., RedisAccount], tuple[object, ...]]":
        """Pickle the settings, not the connections."""
        url, prefix, processes, timeout = self._settings
        return partial(RedisAccount, prefix=prefix, processes=processes, timeout=timeout), (url,)
