"""Run of a batch: write its requests to parts, run them as jobs, yield the outcomes."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar, cast, final

import attrs

from mistral_core import (
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    MistralError,
    Ok,
    RequestOptions,
    Result,
)
from mistral_core.runtime.deadline import current_task
from mistral_funcs.schemas.batch.jobs import ApiEndpoint
from mistral_funcs.toolkit.batching.cleanup import cancel_jobs
from mistral_funcs.toolkit.batching.folder import BatchFolder
from mistral_funcs.toolkit.batching.lines import Requests, numbered_lines
from mistral_funcs.toolkit.batching.manifest import Part
from mistral_funcs.toolkit.batching.parts import Limits, verify_resumed, write_parts
from mistral_funcs.toolkit.batching.progress import OnProgress
from mistral_funcs.toolkit.batching.results import BatchOutcome, outcomes_of
from mistral_funcs.toolkit.batching.retries import replaced_in, write_retries
from mistral_funcs.toolkit.batching.submit import Submitter

__all__ = ["run_batch"]

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")

MAX_REQUESTS = 10_000
MAX_BYTES = 500_000_000


async def run_batch(
    client: MistralCore,
    requests: Requests,
    *,
    folder: str | os.PathLike[str],
    endpoint: ApiEndpoint,
    schema: "TypeForm[T]",
    model: str | None = None,
    agent_id: str | None = None,
    metadata: Mapping[str, str] | None = None,
    timeout_hours: int | None = None,
    max_requests: int = MAX_REQUESTS,
    max_bytes: int = MAX_BYTES,
    max_inline: int = 100,
    max_jobs: int = 4,
    retry_failed: bool = False,
    cancel_abandoned: bool = False,
    delete_files: bool = False,
    on_progress: OnProgress | None = None,
    interval: float = 10.0,
    options: RequestOptions | None = None,
) -> AsyncIterator[Result[BatchOutcome[T], Failure]]:
    """Run any number of requests as batch jobs, and yield the outcome of each.

    The requests are written to a folder in parts, never all in memory. Each part is uploaded, run
    as a job and downloaded. To resume after a crash or an `Err`, call it again with the same
    arguments and requests: nothing is submitted twice. A complete run yields one outcome for each
    request, including those of earlier runs.

    Args:
        client: The client to use.
        requests: The requests, in the same order for each run.
        folder: Folder for the requests, results and progress of this batch, and no other.
        endpoint: Endpoint that the requests are sent to, such as `"/v1/chat/completions"`.
        schema: Type of a response, such as `ChatCompletionResponse` or `dict[str, Any]`.
        model: ID of the model that runs the requests.
        agent_id: ID of the agent that runs the requests, instead of a model.
        metadata: Your own metadata, stored with the jobs.
        timeout_hours: Timeout of each job in hours, from 1 to 168. Defaults to 24.
        max_requests: Maximum number of requests per job.
        max_bytes: Maximum file size per job. The API accepts up to 512 MB.
        max_inline: Maximum number of requests that are sent as part of a job rather than as a
            file, if they have at most 1 MB.
        max_jobs: Maximum number of concurrent jobs.
        retry_failed: Whether to submit the requests again that failed in earlier runs. Those that
            cannot be encoded, and those whose response is invalid, are not submitted.
        cancel_abandoned: Whether to cancel running jobs if the iteration ends early. By default
            they continue, and another run has their results.
        delete_files: Whether to delete uploaded requests once all requests of a job succeeded and
            its results are on disk.
        on_progress: Function or coroutine function that is called with the progress when it
            changes. Exceptions are logged.
        interval: Seconds between two requests for a job.
        options: Overrides for each request: headers, timeout, retries, server URL.

    Yields:
        The outcome of each request as `Ok`, in the order in which the parts end. An `Err` is the
        last item, with the reason why the batch stopped. Files in the folder are verified before
        use: changed results are downloaded again, other changes are an `Err`.
    """
    settings = {
        "endpoint": endpoint,
        "model": model,
        "agent_id": agent_id,
        "metadata": None if metadata is None else dict(metadata),
        "timeout_hours": timeout_hours,
    }
    try:
        current_task()
        opened = await asyncio.to_thread(BatchFolder, folder, settings)
    except InvalidRequestError as error:
        yield Err(error.with_traceback(None))
        return
    except Exception as error:  # noqa: BLE001
        yield Err(InvalidRequestError(f"`{folder}` cannot be used: {error}", "folder"))
        return
    submitter = Submitter(
        client, opened, settings, interval, options, on_progress, delete_files=delete_files
    )
    run = _Run(opened, submitter, asyncio.Semaphore(max_jobs))
    limits = Limits(max_requests, max_bytes, max_inline)
    producing = asyncio.create_task(run.produce(requests, limits, retry_failed=retry_failed))
    abandoned = True
    try:
        while (ended := await run.ended.get()) is not None:
            if not isinstance(ended, Part):
                abandoned = False
                yield Err(ended)
                return
            lost = submitter.lost.get(ended.number)
            replaced = await replaced_in(opened, ended)
            async with aclosing(outcomes_of(opened, ended, schema, lost)) as outcomes:
                async for outcome in outcomes:
                    if outcome.custom_id not in replaced:
                        yield Ok(outcome)
        abandoned = False
    except Exception as error:  # noqa: BLE001
        abandoned = False
        yield Err(_as_failure(error))
    finally:
        producing.cancel()
        for task in run.tasks:
            task.cancel()
        await asyncio.gather(producing, *run.tasks, return_exceptions=True)
        if abandoned and cancel_abandoned:
            await cancel_jobs(submitter.lookup)
        opened.close()


@final
@attrs.define
class _Run:
    """The parts of a batch and their tasks.

    Attributes:
        folder: The files of the batch.
        submitter: Runs the parts as jobs.
        slots: Limits the number of concurrent parts.
        ended: The parts that have ended. A failure, or `None`, is the last item.
        tasks: The tasks of the running parts.
        damaged: The error if the requests of a part on disk have changed.
    """

    folder: BatchFolder
    submitter: Submitter
    slots: asyncio.Semaphore
    ended: asyncio.Queue[Part | Failure | None] = attrs.field(
        factory=asyncio.Queue["Part | Failure | None"]
    )
    tasks: set["asyncio.Task[None]"] = attrs.field(factory=set["asyncio.Task[None]"])
    damaged: Failure | None = None

    async def produce(self, requests: Requests, limits: Limits, *, retry_failed: bool) -> None:
        """Run all parts, and report each when it has ended.

        Parts with results on disk come first, so that the failure of another cannot hide them. A
        part with damaged requests does not stop the others. Its failure is reported last.
        """
        try:
            if retry_failed:
                await write_retries(self.folder, limits)
            parts = [part for part in self.folder.manifest.parts if not await self._has_ended(part)]
            for part in parts:
                await self._start(part)
            if not self.folder.manifest.written:
                await self._write(requests, limits)
            await asyncio.gather(*self.tasks)
            await self.submitter.report()
            await self.ended.put(self.damaged)
        except Exception as error:  # noqa: BLE001
            await self.ended.put(_as_failure(error))

    async def _has_ended(self, part: Part) -> bool:
        """Report a part of an earlier run if it has results on disk or is damaged."""
        damage = await self.folder.damage(part)
        if damage is not None:
            self.damaged = damage
        elif part.requests and not await self.folder.has_results(part):
            return False
        else:
            await self.ended.put(part)
        return True

    async def _start(self, part: Part) -> None:
        await self.slots.acquire()
        self.tasks.add(asyncio.create_task(self._run(part)))

    async def _run(self, part: Part) -> None:
        try:
            if part.requests:
                await self.submitter.run(part)
            await self.ended.put(part)
        except Exception as error:  # noqa: BLE001
            await self.ended.put(_as_failure(error))
        finally:
            self.slots.release()

    async def _write(self, requests: Requests, limits: Limits) -> None:
        """Write the requests to parts, except those that earlier runs have written."""
        numbered = numbered_lines(requests)
        await verify_resumed(self.folder, numbered)
        async with aclosing(write_parts(self.folder, numbered, limits)) as parts:
            async for part in parts:
                await self._start(part)


def _as_failure(error: Exception) -> Failure:
    if isinstance(error, MistralError):
        return cast("Failure", error)
    failure = InvalidRequestError(f"The batch cannot continue: {error!r}")
    failure.__cause__ = error
    return failure
