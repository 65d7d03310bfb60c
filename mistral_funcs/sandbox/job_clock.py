"""Advance jobs and executions: when a response reports them, by a clock, or by `advance` only."""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TypeAlias

from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored import BatchWork, TuningJob
from mistral_funcs.sandbox.stored_documents import StoredDocument, StoredIndex
from mistral_funcs.sandbox.stored_executions import StoredExecution

Job: TypeAlias = TuningJob | BatchWork | StoredDocument | StoredIndex | StoredExecution
"""Something that progresses."""


def advance(state: State, jobs: Iterable[Job]) -> None:
    """Advance each of these jobs by one step."""
    from mistral_funcs.sandbox.behaviors import (  # noqa: PLC0415
        batch_steps,
        document_steps,
        execution_steps,
        fine_tuning_steps,
        index_steps,
    )

    for job in jobs:
        if isinstance(job, TuningJob):
            fine_tuning_steps.step(state, job)
        elif isinstance(job, StoredDocument):
            document_steps.step(state, job)
        elif isinstance(job, StoredIndex):
            index_steps.step(state, job)
        elif isinstance(job, StoredExecution):
            execution_steps.step(state, job)
        else:
            batch_steps.step(state, job)


def advance_all(state: State) -> None:
    """Advance every job by one step."""
    documents = [each for one in state.libraries.values() for each in one.documents.values()]
    indexes = [*state.indexes.values()]
    executions = [*state.executions.values()]
    jobs: list[Job] = [*state.jobs.values(), *state.batch_jobs.values()]
    advance(state, [*jobs, *documents, *indexes, *executions])


def advance_reported(state: State, jobs: Iterable[Job]) -> None:
    """Advance the jobs that a response reports, if `progress` is `"looks"`.

    Call this after building the response. It then reports the status before the step, so that a
    client that polls sees each status.
    """
    if state.progress == "looks":
        advance(state, jobs)


@asynccontextmanager
async def clock(seconds: float, tick: Callable[[], None]) -> AsyncGenerator[None, None]:
    """Call a function at an interval while the context lasts."""
    import asyncio  # noqa: PLC0415 - a sandbox that is not served needs no event loop of its own

    async def run() -> None:
        while True:
            await asyncio.sleep(seconds)
            tick()

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
