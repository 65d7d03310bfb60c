"""The events of an execution to its end, across broken connections."""

import asyncio
import math
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, TypeAlias, TypeGuard, cast, final

import attrs

from mistral_core import (
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    Result,
    SDKError,
)
from mistral_core.runtime.iterators import Resumable
from mistral_funcs.schemas.workflows.events import (
    CustomTaskStartedResponse,
    StreamEventSsePayload,
    WorkflowExecutionCanceledResponse,
    WorkflowExecutionCompletedResponse,
    WorkflowExecutionFailedResponse,
)
from mistral_funcs.toolkit.workflows.execution_waiting import ENDED
from mistral_funcs.workflows.events.get_stream_events import workflows_events_get_stream_events
from mistral_funcs.workflows.executions.get_workflow_execution import (
    workflows_executions_get_workflow_execution,
)

__all__ = ["ConnectorAuthorization", "ExecutionEvent", "workflows_executions_follow"]

LAST_EVENTS = (
    WorkflowExecutionCompletedResponse,
    WorkflowExecutionFailedResponse,
    WorkflowExecutionCanceledResponse,
)

RESUMABLE = frozenset({"read_error", "stream_error", "internal_error"})
"""Reasons of error frames after which a new stream continues."""


@final
@attrs.frozen
class ConnectorAuthorization:
    """A connector needs the user's authorization. The execution resumes by itself afterwards.

    Attributes:
        connector_name: Name of the connector.
        connector_id: ID of the connector.
        credentials_name: Name of the credentials, if they have one.
        auth_url: URL for the user to visit.
        message: What to show to the user.
        event: The event.
    """

    connector_name: str
    connector_id: str | None
    credentials_name: str | None
    auth_url: str | None
    message: str | None
    event: StreamEventSsePayload = attrs.field(repr=False)


ExecutionEvent: TypeAlias = StreamEventSsePayload | ConnectorAuthorization
"""An event of an execution, or a request to authorize a connector."""


def workflows_executions_follow(
    client: MistralCore,
    execution_id: str,
    *,
    start_seq: int = 0,
    pause: float = 1.0,
    max_failures: int = 5,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[ExecutionEvent, Failure]]:
    """Follow the events of a root execution, and of those below it, until it has ended.

    Where a connection breaks or the server ends a stream early, a new one continues after the last
    event.

    Args:
        client: The client to use.
        execution_id: ID of the execution, which no other one started.
        start_seq: Number of the first event. To resume, `broker_sequence` of the last event plus 1.
        pause: Seconds before a new stream is opened.
        max_failures: Maximum number of failures in a row without an event between them.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator over the events. The last item is the event that ends the execution, or an
        `Err`, such as an `SDKError` whose `type` is the server's reason or the status of an
        execution that was terminated. Cancelling `anext` is safe: the next call resumes.
    """
    following = _Following(client, execution_id, start_seq, pause, max_failures, options)
    return Resumable(following.events())


@final
@attrs.define
class _Following:
    """The state of following an execution.

    Attributes:
        next_seq: Number of the next event.
        failures: Number of failures since the last event.
        progressed: Whether the current stream had an event.
        status: The final status of the execution, once it is known.
    """

    client: MistralCore
    execution_id: str
    next_seq: int
    pause: float
    max_failures: int
    options: RequestOptions | None
    failures: int = 0
    progressed: bool = False
    status: str | None = None

    async def events(self) -> AsyncGenerator[Result[ExecutionEvent, Failure], None]:
        """Yield the events of one stream after another."""
        if not 0 <= self.pause < math.inf:
            message = f"`pause` must be non-negative and finite, got {self.pause!r}"
            yield Err(InvalidRequestError(message, "pause"))
            return
        while True:
            self.progressed = False
            async for item in self._one_stream():
                if isinstance(item, Ok):
                    yield Ok(_typed(item.value), call=item.call)
                    if self._is_last(item.value):
                        return
                elif not self._can_resume(item.error):
                    yield item
                    return
            if not self.progressed and (ended := await self._ended()):
                yield ended
                return
            await asyncio.sleep(self.pause)

    async def _one_stream(self) -> AsyncGenerator[Result[StreamEventSsePayload, Failure], None]:
        opened = await workflows_events_get_stream_events(
            self.client,
            root_workflow_exec_id=self.execution_id,
            start_seq=self.next_seq,
            options=self.options,
        )
        if isinstance(opened, Err):
            yield opened
            return
        async with opened.value as events:
            async for item in events:
                if isinstance(item, Ok):
                    self.next_seq = item.value.broker_sequence + 1
                    self.failures, self.progressed = 0, True
                yield item

    def _can_resume(self, error: Failure) -> bool:
        """Return whether a new stream may continue after a failure, and count the failure."""
        if isinstance(error, RequestTimeoutError):
            return True  # An execution may be silent for long. Its status is checked next.
        self.failures += 1
        reported = isinstance(error, SDKError) and error.type in RESUMABLE
        return (reported or error.retryable) and self.failures < self.max_failures

    def _is_last(self, event: StreamEventSsePayload) -> bool:
        context = event.workflow_context.workflow_exec_id
        return isinstance(event.data, LAST_EVENTS) and self.execution_id == (
            event.data.workflow_exec_id or context
        )

    async def _ended(self) -> Err[Failure] | None:
        """Return an error if the execution ended, and a stream after that had no event of it."""
        if self.status is not None:
            message = f"Execution {self.execution_id} has status {self.status} and no last event"
            return Err(SDKError(message, status=200, type=self.status))
        got = await workflows_executions_get_workflow_execution(
            self.client, self.execution_id, options=self.options
        )
        if isinstance(got, Err):
            return None if self._can_resume(got.error) else got
        if got.value.status in ENDED:
            self.status = str(got.value.status)
        return None


def _typed(event: StreamEventSsePayload) -> ExecutionEvent:
    """Return the request to authorize a connector that an event is, or the event."""
    task = event.data
    if not isinstance(task, CustomTaskStartedResponse):
        return event
    payload = task.attributes.payload
    value = payload.value if payload is not None else None
    if task.attributes.custom_task_type != "connector_auth" or not _is_object(value):
        return event
    name = _text(value, "connector_name")
    if name is None:
        return event
    return ConnectorAuthorization(
        connector_name=name,
        connector_id=_text(value, "connector_id"),
        credentials_name=_text(value, "credentials_name"),
        auth_url=_text(value, "auth_url"),
        message=_text(value, "message"),
        event=event,
    )


def _text(value: dict[str, Any], name: str) -> str | None:
    text = value.get(name)
    return text if isinstance(text, str) else None


def _is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(cast("Any", value), dict)
