"""Hooks: user functions that are called with each attempt, for metrics, tracing or rate limits."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias, final

import attrs

from mistral_core.errors import Failure
from mistral_core.http.messages import Request, Response


@final
@attrs.frozen(kw_only=True)
class Attempt:
    """One attempt of a call.

    Attributes:
        request: The request. Its `method` and `path_template` make good metric labels.
        number: 1 for the first attempt of the call, 2 for the first retry.
        outcome: The response or the failure. `None` before the request, and if the call was
            cancelled.
        elapsed: Duration of the attempt, in seconds.
        pause: Seconds until the next attempt. `None` if there is none.
    """

    request: Request
    number: int
    outcome: Response | Failure | None = None
    elapsed: float = 0.0
    pause: float | None = None


Hook: TypeAlias = Callable[[Attempt], Awaitable[None] | None]
"""A function or coroutine function that is called with an attempt."""

RequestHook: TypeAlias = Callable[[Attempt], Awaitable[Request | None] | Request | None]
"""A function or coroutine function that can replace the request of an attempt."""


@final
@attrs.frozen(kw_only=True)
class Hooks:
    """Functions or coroutine functions that are called with each `Attempt`.

    Attributes:
        before_request: Called before the request is sent. It can wait, and can return another
            request to send, such as `attrs.evolve(attempt.request, headers={...})`. An exception
            ends the call with an `InvalidRequestError`.
        after_response: Called with the outcome of each request that was sent: a response, a
            failure, or `None` for a cancellation. Exceptions are logged.
        before_retry: Called before a retry, with the outcome of the failed attempt and the pause.
            Exceptions are logged.
    """

    before_request: RequestHook | None = None
    after_response: Hook | None = None
    before_retry: Hook | None = None


NO_HOOKS = Hooks()
