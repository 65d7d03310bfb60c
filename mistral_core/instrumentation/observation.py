"""Calls to observers. Their exceptions are logged, and never fail a call."""

import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from inspect import isawaitable
from typing import Any, ParamSpec, TypeVar, final

import attrs

from mistral_core.errors import Failure
from mistral_core.hooks import Attempt, Hook, Hooks, Observer, RequestHook
from mistral_core.http.messages import Request
from mistral_core.http.metadata import NO_CALL, Call
from mistral_core.result import Err, Ok, Result

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")

logger = logging.getLogger("mistral_core")


def start_observation(hook: Callable[[S], Observer | None], started: S) -> "Observation | None":
    """Call a hook with the call, run or tool call that starts. Return the observation, if any."""
    observer: Any = _guarded(hook, started)
    if observer is None:
        return None
    if not isinstance(observer, Observer):
        kind = type(observer).__name__
        logger.error("Ignored the value that a hook returned: %s is not an `Observer`", kind)
        return None
    return Observation(observer)


def _guarded(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    try:
        return function(*args, **kwargs)
    except Exception:
        logger.exception("Ignored an error that a hook raised")
        return None


@final
class Observation:
    """The observation of a call, a run or a tool call. It ends once.

    An observation that is dropped ends too, such as that of a stream that is never entered.
    """

    def __init__(self, observer: Observer) -> None:
        """Start with an observer."""
        self._observer = observer
        self._call = NO_CALL
        self._ended = self._failed = False

    @contextmanager
    def working(self) -> Generator[None, None, None]:
        """Return a context manager for the work. The observation ends if the work raises."""
        try:
            with _Active(self._observer):
                yield
        except BaseException:
            self.end(None)
            raise

    def join(self, hooks: Hooks) -> Hooks:
        """Return hooks that call both the observer and the user's hooks for attempts."""
        return attrs.evolve(
            hooks,
            before_request=self._before_request(hooks.before_request),
            before_retry=self._before_retry(hooks.before_retry),
        )

    def _before_request(self, hook: RequestHook | None) -> RequestHook:
        async def before_request(attempt: Attempt) -> Any:
            request: Any = attempt.request
            if hook is not None:
                returned: Any = hook(attempt)
                returned = await returned if isawaitable(returned) else returned
                request = request if returned is None else returned
            if isinstance(request, Request):
                joined = attrs.evolve(attempt, request=request)
                changed: Any = _guarded(self._observer.before_request, joined)
                request = changed if isinstance(changed, Request) else request
            return request

        return before_request

    def _before_retry(self, hook: Hook | None) -> Hook:
        def before_retry(attempt: Attempt) -> Awaitable[None] | None:
            _guarded(self._observer.before_retry, attempt)
            return None if hook is None else hook(attempt)

        return before_retry

    def open(self, call: Call) -> None:
        """Report that a stream was opened."""
        self._call = call
        _guarded(self._observer.opened, call)

    async def next_of(
        self, next_item: Callable[[], Awaitable[Result[T, Failure]]]
    ) -> Result[T, Failure]:
        """Return the next item of a stream, and report it."""
        try:
            item = await next_item()
        except StopAsyncIteration:
            self.end(Ok(None, call=self._call))
            raise
        if isinstance(item, Err):
            self.fail(item.error)
        elif not (self._ended or self._failed):
            self._receive(item.value)
        return item

    def _receive(self, item: object) -> None:
        try:
            self._observer.received(item)
        except Exception:
            self._failed = True  # So that the log is not filled with the same error.
            logger.exception("Ignored an error that a hook raised")

    def fail(self, failure: Failure) -> None:
        """Report that a stream ended with a failure."""
        self.end(Err(failure, call=self._call))

    def end(self, result: Any) -> None:
        """Report the end, unless it has been reported."""
        if not self._ended:
            self._ended = True
            _guarded(self._observer.ended, result)

    def __del__(self) -> None:
        self.end(None)


@final
class _Active(AbstractContextManager[None]):
    """The context manager of an observer. Its errors are logged, not raised."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._scope: AbstractContextManager[object] | None = None

    def __enter__(self) -> None:
        self._scope = _guarded(self._enter)

    def _enter(self) -> AbstractContextManager[object]:
        scope = self._observer.active()
        scope.__enter__()
        return scope

    def __exit__(self, *error: object) -> None:
        scope: Any = self._scope
        if scope is not None:
            _guarded(scope.__exit__, *error)
