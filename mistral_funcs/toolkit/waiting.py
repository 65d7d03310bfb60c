"""Waiting for long work: a job is asked for until it has ended, and left alone otherwise."""

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
from mistral_core.runtime.iterators import Resumable
from mistral_funcs.batch.jobs.get import batch_jobs_get
from mistral_funcs.fine_tuning.jobs.get import fine_tuning_jobs_get
from mistral_funcs.schemas.batch.jobs import BatchJob
from mistral_funcs.schemas.fine_tuning.jobs import DetailedJobOut

__all__ = ["batch_jobs_wait", "batch_jobs_watch", "fine_tuning_jobs_wait", "fine_tuning_jobs_watch"]

J = TypeVar("J")

ENDED = frozenset({"SUCCESS", "FAILED", "FAILED_VALIDATION", "CANCELLED", "TIMEOUT_EXCEEDED"})
"""The statuses that a job does not leave."""

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

    Nothing is kept but the id: a process that died goes on waiting with it. What passes, such as
    a server that is busy or not to be reached, does not end the wait. Cancelling the wait leaves
    the job alone.

    Args:
        client: The client to call through.
        job_id: The id of the job.
        interval: Seconds from one look at the job to the next.
        deadline: Seconds that the wait may take in all; `None` is for ever.
        until: More statuses to wait for, such as `"VALIDATED"`.
        options: What each look at the job does differently.

    Returns:
        The job as it ended, which may be with `FAILED`: ask its `status`. A `RequestTimeoutError`
        where the deadline came first; the job goes on.
    """
    watch = fine_tuning_jobs_watch(
        client, job_id, interval=interval, deadline=deadline, until=until, options=options
    )
    return await _last(watch, f"Fine-tuning job {job_id}")


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
        client: The client to call through.
        job_id: The id of the job.
        interval: Seconds from one look at the job to the next.
        deadline: Seconds that the watch may take in all; `None` is for ever.
        until: More statuses to watch for, such as `"VALIDATED"`.
        options: What each look at the job does differently.

    Returns:
        The job as it is, time after time; the last is as it ended, or an `Err`. Cancelling
        `anext`, as `asyncio.wait_for` does, loses nothing: the next call waits on.
    """
    looks = _watch(
        lambda: fine_tuning_jobs_get(client, job_id, options=options),
        f"Fine-tuning job {job_id}",
        interval,
        deadline,
        ENDED.union(until),
    )
    return _Watch(f"Fine-tuning job {job_id}", Resumable(looks))


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

    Nothing is kept but the id: a process that died goes on waiting with it. What passes, such as
    a server that is busy or not to be reached, does not end the wait. Cancelling the wait leaves
    the job alone.

    Args:
        client: The client to call through.
        job_id: The id of the job.
        interval: Seconds from one look at the job to the next.
        deadline: Seconds that the wait may take in all; `None` is for ever.
        until: More statuses to wait for, such as `"RUNNING"`.
        options: What each look at the job does differently.

    Returns:
        The job as it ended, which may be with `FAILED` or `TIMEOUT_EXCEEDED`: ask its `status`.
        A `RequestTimeoutError` where the deadline came first; the job goes on.
    """
    watch = batch_jobs_watch(
        client, job_id, interval=interval, deadline=deadline, until=until, options=options
    )
    return await _last(watch, f"Batch job {job_id}")


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
        client: The client to call through.
        job_id: The id of the job.
        interval: Seconds from one look at the job to the next.
        deadline: Seconds that the watch may take in all; `None` is for ever.
        until: More statuses to watch for, such as `"RUNNING"`.
        options: What each look at the job does differently.

    Returns:
        The job as it is, time after time; the last is as it ended, or an `Err`. Cancelling
        `anext`, as `asyncio.wait_for` does, loses nothing: the next call waits on.
    """
    looks = _watch(
        lambda: batch_jobs_get(client, job_id, options=options),
        f"Batch job {job_id}",
        interval,
        deadline,
        ENDED.union(until),
    )
    return _Watch(f"Batch job {job_id}", Resumable(looks))


@final
class _Watch(Generic[J]):
    """Looks at a job, of which a cancelled wait says that it goes on."""

    def __init__(self, name: str, looks: Resumable[Result[J, Failure]]) -> None:
        self._name = name
        self._looks = looks

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Result[J, Failure]:
        try:
            return await anext(self._looks)
        except asyncio.CancelledError as error:
            error.add_note(f"{self._name} goes on; only the wait for it was cancelled.")
            raise

    async def aclose(self) -> None:
        await self._looks.aclose()


async def _last(watch: AsyncIterator[Result[J, Failure]], name: str) -> Result[J, Failure]:
    result: Result[J, Failure] = Err(InvalidRequestError("There was nothing to wait for"))
    try:
        async with aclosing(cast("_Watch[J]", watch)) as looks:
            async for result in looks:  # noqa: B007
                pass
    except asyncio.CancelledError:
        logger.info("%s goes on; only the wait for it was cancelled", name)
        raise
    return result


async def _watch(
    look: Callable[[], Coroutine[Any, Any, Result[J, Failure]]],
    name: str,
    interval: float,
    deadline: float | None,
    ends: Collection[str],
) -> AsyncGenerator[Result[J, Failure], None]:
    wrong = _wrong("interval", interval) or _wrong("deadline", deadline)
    if wrong is not None:
        yield Err(wrong)
        return
    over = math.inf if deadline is None else time.monotonic() + deadline
    status, trouble = "not seen", ""
    while result := await _look(look, over - time.monotonic()):
        if isinstance(result, Ok):
            yield result
            status, trouble = _status(result.value), ""
            if status in ends:
                return
        elif not result.error.retryable:
            yield result
            return
        else:
            trouble = f" (last: {result.error})"
            logger.warning("%s could not be looked at, and will be: %s", name, result.error)
        if time.monotonic() + interval >= over:
            break
        await asyncio.sleep(interval)
    waited = f"{name} was {status} when {deadline:g} s were over"
    yield Err(
        RequestTimeoutError(f"{waited}{trouble}. It goes on: wait again by its id", "deadline")
    )


async def _look(
    look: Callable[[], Coroutine[Any, Any, Result[J, Failure]]], left: float
) -> Result[J, Failure] | None:
    """Look at a job; `None` where there was no time to."""
    try:
        return await asyncio.wait_for(look(), None if left == math.inf else left)
    except TimeoutError:
        return None


def _status(job: Any) -> str:
    raw: Any = job.raw if isinstance(job, Unknown) else None
    return str(raw.get("status") if raw.__class__ is dict else getattr(job, "status", None))


def _wrong(name: str, seconds: float | None) -> InvalidRequestError | None:
    given: Any = seconds
    if given is None or (isinstance(given, int | float) and 0 <= given < math.inf):
        return None
    return InvalidRequestError(f"`{name}` is {given!r}, and must be finite and not negative", name)
