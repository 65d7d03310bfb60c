"""Servers that count requests: in a sliding or fixed window, or with a token bucket."""

import asyncio
import json
import random
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Literal, TypeAlias

from mistral_core import Headers, Request, Response

Counting: TypeAlias = Literal["sliding window", "fixed window", "token bucket"]
COUNTINGS: tuple[Counting, ...] = ("sliding window", "fixed window", "token bucket")


def counter(counting: Counting, allowance: int, seconds: float) -> Callable[[float], int | None]:
    """Return a function that accepts or refuses a request, and returns the remaining number."""
    times: deque[float] = deque()
    count, window, tokens, last = 0, -1, float(allowance), time.monotonic()

    def sliding(now: float) -> int | None:
        while times and times[0] <= now - seconds:
            times.popleft()
        if len(times) == allowance:
            return None
        times.append(now)
        return allowance - len(times)

    def fixed(now: float) -> int | None:
        nonlocal count, window
        if now // seconds != window:
            count, window = 0, int(now // seconds)
        if count == allowance:
            return None
        count += 1
        return allowance - count

    def bucket(now: float) -> int | None:
        nonlocal tokens, last
        tokens, last = min(allowance, tokens + (now - last) * allowance / seconds), now
        if tokens < 1:
            return None
        tokens -= 1
        return int(tokens)

    return {"sliding window": sliding, "fixed window": fixed, "token bucket": bucket}[counting]


class CountingServer:
    """A transport that limits requests, with random latency.

    Attributes:
        accepted: Time and model of each accepted request.
        refused: Number of refused requests.
        seen: The fields of each request.
    """

    api_key = "key"

    def __init__(
        self,
        counting: Counting = "sliding window",
        allowance: int = 600,
        seconds: float = 60.0,
        *,
        reports: bool = False,
        latency: float = 0.2,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Start counting. `reports` sends the limits in headers."""
        self.accepted: list[tuple[float, str]] = []
        self.refused = 0
        self._limits: dict[str, Callable[[float], int | None]] = {}
        self._new = partial(counter, counting, allowance, seconds)
        self._allowance = allowance
        self._reports = reports
        self._latency = latency
        self._headers = headers or {}
        self._chance = random.Random(7)  # noqa: S311

    async def send(self, request: Request) -> Response:
        """Count the request on arrival, and respond later."""
        await asyncio.sleep(self._latency * self._chance.random() / 2)
        assert isinstance(request.body, bytes)
        model: str = json.loads(request.body)["model"]
        now = time.monotonic()
        remaining = self._limits.setdefault(model, self._new())(now)
        headers = dict(self._headers)
        if self._reports:
            headers["x-ratelimit-limit-req-minute"] = str(self._allowance)
            headers["x-ratelimit-remaining-req-minute"] = str(remaining or 0)
        await asyncio.sleep(self._latency * self._chance.random())
        if remaining is None:
            self.refused += 1
            return Response(429, Headers(headers.items()), b'{"message": "too many"}')
        self.accepted.append((now, model))
        return Response(
            200, Headers([*headers.items(), ("content-type", "application/json")]), CHAT
        )

    async def aclose(self) -> None:
        """Do nothing."""


CHAT = json.dumps(
    {
        "id": "c",
        "object": "chat.completion",
        "model": "m",
        "created": 1,
        "usage": {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": 10},
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "x"},
                "finish_reason": "stop",
            }
        ],
    }
).encode()
