"""Calls to user functions (hooks, progress functions), and the log."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Any, TypeAlias

from mistral_core.errors import InvalidRequestError
from mistral_core.hooks import Attempt, Hook, RequestHook
from mistral_core.http.headers import request_id
from mistral_core.http.messages import Request
from mistral_core.http.secret import Secret

logger = logging.getLogger("mistral_core")

Progress: TypeAlias = Callable[[int, int | None], Awaitable[None] | None]
"""A function or coroutine function that is called with the number of bytes done and the total.

The total is `None` if unknown. Exceptions are logged.
"""

KINDS: dict[str, Any] = {
    "method": str,
    "url": str,
    "headers": Mapping,
    "authorization": Secret | None,
}
"""The types of the request fields that a hook is likely to change."""


async def run_request_hook(hook: RequestHook, attempt: Attempt) -> Request:
    """Call a request hook, and return the request to send.

    Raises:
        InvalidRequestError: The hook raised an error or did not return a valid request.
    """
    try:
        returned: Any = hook(attempt)
        request: Any = await returned if isawaitable(returned) else returned
    except Exception as error:
        raise InvalidRequestError(f"The hook `before_request` raised {error!r}") from error
    if request is None:
        return attempt.request
    if not isinstance(request, Request):
        raise InvalidRequestError(
            f"The hook `before_request` returned {_kind(request)}; return a `Request`, or `None` "
            "to keep the request unchanged"
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


async def notify(hook: Hook, attempt: Attempt) -> None:
    """Call a hook. Exceptions are logged."""
    try:
        returned = hook(attempt)
        if isawaitable(returned):
            await returned
    except Exception:
        logger.exception("Ignored an error that a hook raised")


def log_attempt(attempt: Attempt) -> None:
    """Log an attempt that has ended, without headers, bodies and path parameters."""
    outcome = attempt.outcome
    logger.debug(
        "%s %s: %s, attempt %d, %.3f s, request id %s",
        attempt.request.method,
        attempt.request.path_template,
        getattr(outcome, "status", None) or type(outcome).__name__,
        attempt.number,
        attempt.elapsed,
        request_id(getattr(outcome, "headers", {})),
    )


async def report_progress(progress: Progress | None, done: int, size: int | None) -> None:
    """Call a progress function. Exceptions are logged."""
    if progress is None:
        return
    try:
        returned = progress(done, size)
        if isawaitable(returned):
            await returned
    except Exception:
        logger.exception("Ignored an error that a progress function raised")
