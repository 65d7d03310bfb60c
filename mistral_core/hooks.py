"""What a user may hang into each attempt: to count, to trace, to limit the rate."""

import logging
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TypeAlias, final

import attrs

from mistral_core.errors import Failure, InvalidRequestError
from mistral_core.wire import Request, Response

logger = logging.getLogger("mistral_core")


@final
@attrs.frozen(kw_only=True)
class Attempt:
    """Tell of one attempt of a call, as far as it has come.

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
    """Hold functions, or coroutine functions, that are called with each `Attempt`.

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


async def ask(hook: RequestHook, attempt: Attempt) -> Request:
    """Return the request that a hook wants to be sent.

    Raises:
        InvalidRequestError: The hook raised an error.
    """
    try:
        answer = hook(attempt)
        request = await answer if isawaitable(answer) else answer
    except Exception as error:
        raise InvalidRequestError(f"The hook `before_request` raised {error!r}") from error
    return attempt.request if request is None else request


async def tell(hook: Hook, attempt: Attempt) -> None:
    """Call a hook, and log what it raises: an outcome is not lost to it."""
    try:
        answer = hook(attempt)
        if isawaitable(answer):
            await answer
    except Exception:
        logger.exception("A hook raised an error, which is passed over")
