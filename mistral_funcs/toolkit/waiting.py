"""Waiting for jobs by polling until they have ended."""

import asyncio
import logging
import math
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Coroutine
from contextlib import aclosing
from typing import Any, Generic, Self, TypeVar, cast, final

from mistral_core import (
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    Result,
    Unknown,
)
from mistral_core.runtime.deadline import current_task
from mistral_core.runtime.iterators import Resumable
from mistral_funcs.batch.jobs.get import batch_jobs_get
from mistral_funcs.fine_tuning.jobs.get import fine_tuning_jobs_get
from mistral_funcs.schemas.batch.jobs import BatchJob
from mistral_funcs.schemas.fine_tuning.jobs import DetailedJobOut

__all__ = ["batch_jobs_wait", "batch_jobs_watch", "fine_tuning_jobs_wait", "fine_tuning_jobs_watch"]

J = TypeVar("J")

ENDED = frozenset({"SUCCESS", "FAILED", "FAILED_VALIDATION", "CANCELLED", "TIMEOUT_EXCEEDED"})
"""Final statuses of a job."""

logger = logging.getLogger("mistral_funcs")


async def fine_tuning_jobs_wait(
    client: MistralCore,
    job_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    until: Collection[str] = (),
    options: RequestOptions | None = None,
) -> Result[DetailedJobOut, Failure]:
    """Wait until a fine-tuning job has ended.

    The ID is all that is needed, so another process can resume the wait. Transient errors, such as
    an overloaded or unreachable server, do not end it. Cancelling the wait does not affect the job.

    Args:
        client: The client to use.
        job_id: ID of the job.
        interval: Seconds between two requests for the job.
        deadline: Maximum seconds to wait. Defaults to no limit.
        until: Additional statuses to stop at, such as `"VALIDATED"`.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        The final state of the job, which may be `FAILED`: check its `status`. A
        `RequestTimeoutError` if the deadline passes first; the job continues.
    """
    watch = fine_tuning_jobs_watch(
        client, job_id, interval=interval, deadline=deadline, until=until, options=options
    )
    return await last_state(watch)


def fine_tuning_jobs_watch(
    client: MistralCore,
    job_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    until: Collection[str] = (),
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[DetailedJobOut, Failure]]:
    """Watch a fine-tuning job until it has ended.

    Args:
        client: The client to use.
        job_id: ID of the job.
        interval: Seconds between two requests for the job.
        deadline: Maximum seconds to watch. Defaults to no limit.
        until: Additional statuses to stop at, such as `"VALIDATED"`.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator over the states of the job. The last item is the final state, or an `Err`.
        Cancelling `anext`, as `asyncio.wait_for` does, is safe: the next call resumes the wait.
    """
    return Watch(
        lambda: fine_tuning_jobs_get(client, job_id, options=options),
        f"Fine-tuning job {job_id}",
        interval,
        deadline,
        ENDED.union(until),
    )


async def batch_jobs_wait(
    client: MistralCore,
    job_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    until: Collection[str] = (),
    options: RequestOptions | None = None,
) -> Result[BatchJob, Failure]:
    """Wait until a batch job has ended.

    The ID is all that is needed, so another process can resume the wait. Transient errors, such as
    an overloaded or unreachable server, do not end it. Cancelling the wait does not affect the job.

    Args:
        client: The client to use.
        job_id: ID of the job.
        interval: Seconds between two requests for the job.
        deadline: Maximum seconds to wait. Defaults to no limit.
        until: Additional statuses to stop at, such as `"RUNNING"`.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        The final state of the job, which may be `FAILED` or `TIMEOUT_EXCEEDED`: check its
        `status`. A `RequestTimeoutError` if the deadline passes first; the job continues.
    """
    watch = batch_jobs_watch(
        client, job_id, interval=interval, deadline=deadline, until=until, options=options
    )
    return await last_state(watch)


def batch_jobs_watch(
    client: MistralCore,
    job_id: str,
    *,
    interval: float = 5.0,
    deadline: float | None = None,
    until: Collection[str] = (),
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[BatchJob, Failure]]:
    """Watch a batch job until it has ended.

    Args:
        client: The client to use.
        job_id: ID of the job.
        interval: Seconds between two requests for the job.
        deadline: Maximum seconds to watch. Defaults to no limit.
        until: Additional statuses to stop at, such as `"RUNNING"`.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Returns:
        An iterator over the states of the job. The last item is the final state, or an `Err`.
        Cancelling `anext`, as `asyncio.wait_for` does, is safe: the next call resumes the wait.
    """
    return Watch(
        lambda: batch_jobs_get(client, job_id, options=options),
        f"Batch job {job_id}",
        interval,
        deadline,
        ENDED.union(until),
    )


@final
class Watch(Generic[J]):
    """The states of a job. A note on `CancelledError` says that the job continues.

    Attributes:
        name: What is watched, for messages.
    """

    def __init__(
        self,
        get_job: Callable[[], Coroutine[Any, Any, Result[J, Failure]]],
        name: str,
        interval: float,
        deadline: float | None,
        ends: Collection[str],
        *,
        field: str = "status",
    ) -> None:
        """Watch a job.

        Args:
            get_job: Requests the job.
            name: What is watched, for messages.
            interval: Seconds between two requests.
            deadline: Maximum seconds to watch; `None` is no limit.
            ends: The statuses to stop at.
            field: The field of the job that has its status.
        """
        self.name = name
        self._states = Resumable(_states(get_job, name, interval, deadline, ends, field=field))

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Result[J, Failure]:
        try:
            return await anext(self._states)
        except asyncio.CancelledError as error:
            error.add_note(f"{self.name} continues; only the wait was cancelled.")
            raise

    async def aclose(self) -> None:
        await self._states.aclose()


async def last_state(watch: AsyncIterator[Result[J, Failure]]) -> Result[J, Failure]:
    """Return the last item of a `Watch`."""
    states = cast("Watch[J]", watch)
    result: Result[J, Failure] = Err(InvalidRequestError("The job was not requested"))
    try:
        async with aclosing(states):
            async for result in states:  # noqa: B007
                pass
    except asyncio.CancelledError:
        logger.info("%s continues; only the wait was cancelled", states.name)
        raise
    return result


async def _states(
    get_job: Callable[[], Coroutine[Any, Any, Result[J, Failure]]],
    name: str,
    interval: float,
    deadline: float | None,
    ends: Collection[str],
    *,
    field: str,
) -> AsyncGenerator[Result[J, Failure], None]:
    invalid = invalid_seconds("interval", interval) or invalid_seconds("deadline", deadline)
    try:
        current_task()
    except InvalidRequestError as error:
        invalid = error.with_traceback(None)
    if invalid is not None:
        yield Err(invalid)
        return
    ends_at = math.inf if deadline is None else time.monotonic() + deadline
    status, last_error = "unknown", ""
    while (result := await _get(get_job, ends_at - time.monotonic())) is not None:
        if isinstance(result, Ok):
            yield result
            status, last_error = _status(result.value, field), ""
            if status in ends:
                return
        elif not result.error.retryable:
            yield result
            return
        else:
            last_error = f" (last error: {result.error})"
            logger.warning("%s could not be read, retrying: %s", name, result.error)
        if time.monotonic() + interval >= ends_at:
            break
        await asyncio.sleep(interval)
    message = (
        f"{name} had status {status} after {deadline:g} s{last_error}. "
        "It continues: wait again with its id."
    )
    yield Err(RequestTimeoutError(message, "deadline"))


async def _get(
    get_job: Callable[[], Coroutine[Any, Any, Result[J, Failure]]], left: float
) -> Result[J, Failure] | None:
    """Request the job. Return `None` if the time is up first."""
    try:
        return await asyncio.wait_for(get_job(), None if left == math.inf else left)
    except TimeoutError:
        return None


def _status(job: Any, field: str) -> str:
    raw: Any = job.raw if isinstance(job, Unknown) else None
    return str(raw.get(field) if raw.__class__ is dict else getattr(job, field, None))


def invalid_seconds(name: str, seconds: float | None) -> InvalidRequestError | None:
    """Return an error unless an argument is a number of seconds, or `None`."""
    value: Any = seconds
    if value is None or (isinstance(value, int | float) and 0 <= value < math.inf):
        return None
    return InvalidRequestError(f"`{name}` must be non-negative and finite, got {value!r}", name)
