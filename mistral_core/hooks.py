"""Hooks: functions of users that see each attempt, to count, to trace or to limit the rate."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, final

import attrs

from mistral_core.errors import Failure
from mistral_core.http.messages import Request, Response


@final
@attrs.frozen(kw_only=True)
class Attempt:
    """One attempt of a call, as far as it has got.

    Attributes:
        request: The request; its `method` and `path_template` make good labels.
        number: 1 for the first attempt of the call, 2 for the first retry.
        outcome: The response, or what went wrong; `None` before the request, and where the call
            was cancelled.
        elapsed: Seconds that the attempt took.
        pause: Seconds until the next attempt; `None` where there is none.
    """

    request: Request
    number: int
    outcome: Response | Failure | None = None
    elapsed: float = 0.0
    pause: float | None = None


Hook: TypeAlias = Callable[[Attempt], Awaitable[None] | None]
"""A function or coroutine function that sees an attempt."""

RequestHook: TypeAlias = Callable[[Attempt], Awaitable[Request | None] | Request | None]
"""A function or coroutine function that may send another request in place of the attempt's."""


@final
@attrs.frozen(kw_only=True)
class Hooks:
    """Functions or coroutine functions that are called with each `Attempt`.

    Attributes:
        before_request: May wait, and may return another request to send, with more headers, say:
            `attrs.evolve(attempt.request, headers={...})`. What it raises ends the call with an
            `InvalidRequestError`.
        after_response: Sees the outcome, be it a response, a failure or a cancellation, of each
            request that `before_request` let go, and of no other. What it raises is logged.
        before_retry: Sees the outcome that is not the last, and the pause. What it raises is
            logged.
    """

    before_request: RequestHook | None = None
    after_response: Hook | None = None
    before_retry: Hook | None = None


NO_HOOKS = Hooks()
