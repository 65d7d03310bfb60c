"""Errors of sessions, as failures."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, cast

import httpx2
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError

from mistral_core import (
    APIConnectionError,
    Failure,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
    ResponseValidationError,
)
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_funcs.toolkit.mcp.session_messages import Streams


class Endpoint(Protocol):
    """A way to connect to a server."""

    @property
    def name(self) -> str:
        """The name of the server in messages."""
        ...

    def connect(
        self, when_broken: Callable[[Failure], None]
    ) -> AbstractAsyncContextManager[Streams]:
        """Connect. Leaving the block disconnects.

        Args:
            when_broken: Called with a failure that ends the session.
        """
        ...

    def failure_of(self, error: MCPError | None) -> Failure | None:
        """Return the failure behind an error, or behind the end of the connection, if known."""
        ...


def failure_of(  # noqa: PLR0911 - one for each kind
    error: BaseException | None, endpoint: Endpoint, limit: float
) -> Failure:
    """Return the failure for an error that ended a session.

    Args:
        error: The error. `None` if the connection ended without one.
        endpoint: The endpoint of the session.
        limit: Time limit to open the session, in seconds.
    """
    error = _first(error)
    name = endpoint.name
    match error:
        case MistralError():
            return cast("Failure", error.with_traceback(None))
        case MCPError():
            failure = endpoint.failure_of(error)
            if failure is not None:
                return failure
            reason = in_one_line(error.message)
            return APIConnectionError(f"{name} refused the session: {reason}", temporary=False)
        case TimeoutError():
            return RequestTimeoutError(f"{name} opened no session within {limit:g} s", "connect")
        case ValidationError():
            return ResponseValidationError(f"{name} sent a response that is not valid")
        case httpx2.HTTPError():
            return APIConnectionError(f"The connection to {name} broke: {_reason(error)}")
        case OSError() | ValueError():
            return InvalidRequestError(f"{name} cannot be started: {_reason(error)}", "command")
        case _:
            failure = endpoint.failure_of(None)
            if failure is not None:
                return failure
            reason = "it closed the connection" if error is None else _reason(error)
            return APIConnectionError(
                f"The session with {name} ended: {reason}", temporary=error is None
            )


def _first(error: BaseException | None) -> BaseException | None:
    """Return the first error of a group, in which task groups raise errors."""
    if isinstance(error, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", error)
        return _first(group.exceptions[0])
    return error


def _reason(error: BaseException) -> str:
    return in_one_line(without_userinfo(str(error) or type(error).__name__))
