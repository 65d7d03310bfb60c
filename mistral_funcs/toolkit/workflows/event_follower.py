"""The events of an execution, across streams that break, time out or end early."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import final

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
from mistral_funcs.schemas.workflows.events import (
    StreamEventSsePayload,
    WorkflowExecutionCanceledResponse,
    WorkflowExecutionCompletedResponse,
    WorkflowExecutionFailedResponse,
)
from mistral_funcs.toolkit.waiting import invalid_seconds
from mistral_funcs.toolkit.workflows.connector_authorization import (
    ExecutionEvent,
    as_execution_event,
)
from mistral_funcs.toolkit.workflows.execution_waiting import COMPLETED, ENDED, without_result
from mistral_funcs.workflows.events.get_stream_events import workflows_events_get_stream_events
from mistral_funcs.workflows.executions.get_workflow_execution import (
    workflows_executions_get_workflow_execution,
)

LAST_EVENTS = (
    WorkflowExecutionCompletedResponse,
    WorkflowExecutionFailedResponse,
    WorkflowExecutionCanceledResponse,
)

RESUMABLE = frozenset({"read_error", "stream_error", "internal_error"})
"""Reasons of error frames after which a new stream continues."""

LONGEST_PAUSE = 30.0
"""Maximum seconds between two streams."""

GRACE = 1.0
"""Maximum seconds to wait for the last events of an execution that has ended."""


@final
@attrs.define
class Follower:
    """Follows the events of an execution.

    Attributes:
        client: The client to use.
        execution_id: ID of the execution.
        next_seq: Number of the next event.
        pause: Seconds before a new stream is opened, at first.
        max_failures: Maximum number of failures in a row.
        check_after: Seconds without an event after which the status is requested.
        options: Overrides for each request.
        failures: Number of failures since the last event or status.
        streams: Number of streams since the last event.
        status: The final status of the execution, if it has ended and had no event since.
    """

    client: MistralCore
    execution_id: str
    next_seq: int
    pause: float
    max_failures: int
    check_after: float
    options: RequestOptions | None
    failures: int = 0
    streams: int = 0
    status: str | None = None

    async def until(
        self, deadline: float | None
    ) -> AsyncGenerator[Result[ExecutionEvent, Failure], None]:
        """Yield the events, until the deadline passes."""
        invalid = self._invalid(deadline)
        if invalid is not None:
            yield Err(invalid)
            return
        ends_at = None if deadline is None else asyncio.get_running_loop().time() + deadline
        async with aclosing(self._events()) as events:
            while True:
                try:
                    async with asyncio.timeout_at(ends_at):
                        item = await anext(events)
                except StopAsyncIteration:
                    return
                except TimeoutError:
                    yield Err(self._late(deadline))
                    return
                yield item

    async def _events(self) -> AsyncGenerator[Result[ExecutionEvent, Failure], None]:
        """Yield the events of one stream after another."""
        while True:
            async with aclosing(self._stream()) as items:
                async for item in items:
                    if isinstance(item, Ok):
                        self._progress(item.value)
                        yield Ok(as_execution_event(item.value), call=item.call)
                        if self._is_last(item.value):
                            return
                    elif isinstance(item, Err):
                        if not self._can_resume(item.error):
                            yield Err(self._final(item.error), call=item.call)
                            return
                    elif self.status is not None:
                        if self.status != COMPLETED:
                            yield Err(without_result(self.execution_id, self.status))
                        return
                    elif isinstance(checked := await self._check(), Err):
                        yield checked
                        return
            await asyncio.sleep(min(self.pause * 2 ** min(self.streams, 10), LONGEST_PAUSE))
            self.streams += 1

    async def _stream(
        self,
    ) -> AsyncGenerator[Result[StreamEventSsePayload, Failure] | None, None]:
        """Yield the items of a stream, and `None` where it is silent, or ends without an event."""
        opened = await workflows_events_get_stream_events(
            self.client,
            root_workflow_exec_id=self.execution_id,
            start_seq=self.next_seq,
            options=self.options,
        )
        if isinstance(opened, Err):
            yield opened
            return
        first = self.next_seq
        async with opened.value as events:
            while True:
                silence = self.check_after if self.status is None else min(self.check_after, GRACE)
                try:
                    async with asyncio.timeout(silence):
                        item = await anext(events)
                except TimeoutError:
                    yield None
                    continue
                except StopAsyncIteration:
                    if self.next_seq == first:
                        yield None
                    return
                yield item
                if isinstance(item, Err):
                    return

    async def _check(self) -> Result[None, Failure]:
        """Request the status of the execution."""
        got = await workflows_executions_get_workflow_execution(
            self.client, self.execution_id, options=self.options
        )
        if isinstance(got, Ok):
            self.failures = 0
            status = str(got.value.status)
            self.status = status if status in ENDED else None
        elif not self._can_resume(got.error):
            return Err(self._final(got.error), call=got.call)
        return Ok(None)

    def _progress(self, event: StreamEventSsePayload) -> None:
        self.next_seq = event.broker_sequence + 1
        self.failures = self.streams = 0
        self.status = None

    def _can_resume(self, error: Failure) -> bool:
        """Count a failure, and return whether a new stream may continue after it."""
        self.failures += 1
        return _is_temporary(error) and self.failures < self.max_failures

    def _is_last(self, event: StreamEventSsePayload) -> bool:
        context = event.workflow_context.workflow_exec_id
        return isinstance(event.data, LAST_EVENTS) and self.execution_id == (
            event.data.workflow_exec_id or context
        )

    def _final(self, error: Failure) -> Failure:
        """Return the error that ends the iteration."""
        if not _is_temporary(error):
            return error
        advice = f"Resume with `start_seq={self.next_seq}`"
        message = f"{error.message.rstrip('.')}, failure {self.failures} in a row. {advice}."
        return attrs.evolve(error, message=message)

    def _late(self, deadline: float | None) -> RequestTimeoutError:
        return RequestTimeoutError(
            f"Execution {self.execution_id} was followed for {deadline:g} s and has not ended. "
            f"It continues: follow it with `start_seq={self.next_seq}`.",
            "deadline",
        )

    def _invalid(self, deadline: float | None) -> InvalidRequestError | None:
        if self.max_failures < 1:
            message = f"`max_failures` must be at least 1, got {self.max_failures!r}"
            return InvalidRequestError(message, "max_failures")
        if self.check_after == 0:
            return InvalidRequestError("`check_after` must be positive", "check_after")
        return (
            invalid_seconds("deadline", deadline)
            or invalid_seconds("pause", self.pause)
            or invalid_seconds("check_after", self.check_after)
        )


def _is_temporary(error: Failure) -> bool:
    return error.retryable or (isinstance(error, SDKError) and error.type in RESUMABLE)
