"""What a user may hang into each attempt: to count, to trace, to limit the rate."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Any, TypeAlias, final

import attrs

from mistral_core.errors import Failure, InvalidRequestError
from mistral_core.http.messages import Request, Response
from mistral_core.http.secret import Secret

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

KINDS: dict[str, Any] = {
    "method": str,
    "url": str,
    "headers": Mapping,
    "authorization": Secret | None,
}
"""What the fields of a request are that a hook is likely to change."""


async def ask(hook: RequestHook, attempt: Attempt) -> Request:
    """Return the request that a hook wants to be sent.

    Raises:
        InvalidRequestError: The hook raised an error, or returned something else.
    """
    try:
        answer: Any = hook(attempt)
        request: Any = await answer if isawaitable(answer) else answer
    except Exception as error:
        raise InvalidRequestError(f"The hook `before_request` raised {error!r}") from error
    if request is None:
        return attempt.request
    if not isinstance(request, Request):
        raise InvalidRequestError(
            f"The hook `before_request` returned {_kind(request)}; return a `Request`, or `None` "
            "to send the attempt's own"
        )
    for name, kinds in KINDS.items():
        value = getattr(request, name)
        if not isinstance(value, kinds):
            raise InvalidRequestError(
                f"The hook `before_request` returned a `Request` whose `{name}` is {_kind(value)}"
            )
    return request


def _kind(value: object) -> str:
    return f"of type {type(value).__name__}"


async def tell(hook: Hook, attempt: Attempt) -> None:
    """Call a hook, and log what it raises: an outcome is not lost to it."""
    try:
        answer = hook(attempt)
        if isawaitable(answer):
            await answer
    except Exception:
        logger.exception("A hook raised an error, which is passed over")
