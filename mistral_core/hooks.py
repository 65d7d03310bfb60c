"""Hooks: user functions that run for each call and each attempt.

Use them for metrics, tracing or rate limits.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeAlias, final

import attrs

from mistral_core.errors import Failure
from mistral_core.http.messages import Request, Response
from mistral_core.http.metadata import Call
from mistral_core.operations.declaration import Arguments, Operation


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
@attrs.frozen(kw_only=True, eq=False)
class StartedCall:
    """A call that is about to start.

    Attributes:
        operation: The operation: its `name`, `method`, `path` template, and kind of response.
        arguments: The arguments as the caller passed them, by place: `path`, `query`, `headers`,
            `json`, `form` and `body`.
        server_url: The server URL.
    """

    operation: Operation[Any]
    arguments: Arguments = attrs.field(repr=False)
    server_url: str


class Observer:
    """Base class for observers of a call, a run or a tool call. Override what you need.

    Exceptions are logged and never fail the call. The methods are plain functions, since they are
    also called when a call is cancelled.
    """

    def active(self) -> AbstractContextManager[object]:
        """Return a context manager that is active while the call, run or tool call is in progress.

        It is entered in the same task. For a stream, it is left when the stream has been opened.
        This method may be called several times.
        """
        return nullcontext()

    def before_request(self, attempt: Attempt) -> Request | None:
        """Return a replacement for the request of an attempt, or `None` to keep it."""
        del attempt
        return None

    def before_retry(self, attempt: Attempt) -> None:
        """Observe a failed attempt that is retried after `attempt.pause` seconds."""

    def opened(self, call: Call) -> None:
        """Observe that a stream was opened."""

    def received(self, item: Any) -> None:
        """Observe an item of a stream when the caller receives it."""

    def ended(self, result: Any) -> None:
        """Observe the end. Called once, and last.

        Args:
            result: The result. For a stream, `Ok(None)` at its end, or the `Err` that is its last
                item. `None` if the call was cancelled, or the stream was left before its end.
        """


CallHook: TypeAlias = Callable[[StartedCall], Observer | None]
"""A function that returns the observer of a call, or `None` not to observe it."""

TaskHook: TypeAlias = Callable[[Any], Observer | None]
"""A function that returns the observer of a run or a tool call, or `None` not to observe it."""


@final
@attrs.frozen(kw_only=True)
class Hooks:
    """Functions to run for each call or for each `Attempt` of a call.

    Those for attempts may be coroutine functions.

    Attributes:
        before_request: Called before the request is sent. It can wait, and can return another
            request to send, such as `attrs.evolve(attempt.request, headers={...})`. An exception
            ends the call with an `InvalidRequestError`.
        after_response: Called with the outcome of each request that was sent: a response, a
            failure, or `None` for a cancellation. Exceptions are logged.
        before_retry: Called before a retry, with the outcome of the failed attempt and the pause.
            Exceptions are logged.
        on_call: Called with each `StartedCall`. The `Observer` that it returns is notified of
            retries, stream items, and the end. Exceptions are logged.
        on_task: Like `on_call`, but called with each run and each of its tool calls (`StartedRun`
            and `StartedTool` of `mistral_funcs`).
    """

    before_request: RequestHook | None = None
    after_response: Hook | None = None
    before_retry: Hook | None = None
    on_call: CallHook | None = None
    on_task: TaskHook | None = None


NO_HOOKS = Hooks()
