"""Upload, submission and download of the parts of a batch, each exactly once.

The manifest records each step before and after it is done. If a process dies in between, the next
one finds out from the API whether the step was completed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import Any, TypeVar, cast, final

import attrs

from mistral_core import (
    UNSET,
    Err,
    Failure,
    File,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    Result,
    SDKError,
    Unset,
)
from mistral_core.response.json_text import decode_exactly
from mistral_funcs.batch.jobs.create import batch_jobs_create
from mistral_funcs.files.download import files_download
from mistral_funcs.files.upload import files_upload
from mistral_funcs.schemas.batch.jobs import BatchJob
from mistral_funcs.toolkit.batching.cleanup import GONE, delete_requests
from mistral_funcs.toolkit.batching.folder import RESULTS, BatchFolder
from mistral_funcs.toolkit.batching.lookup import Lookup, value_of
from mistral_funcs.toolkit.batching.manifest import Part
from mistral_funcs.toolkit.batching.progress import OnProgress, progress_of, report
from mistral_funcs.toolkit.batching.results import outcomes_of
from mistral_funcs.toolkit.waiting import Watch, batch_jobs_watch

U = TypeVar("U")

NO_STATE = Err(InvalidRequestError("No state of the job was received"))

PAUSE = 1.0
ATTEMPTS = 5
"""Maximum attempts for a step with transient errors, in addition to the client's retries."""


@final
@attrs.frozen
class Submitter:
    """Runs the parts of a batch as batch jobs.

    Attributes:
        client: The client to use.
        folder: The files of the batch.
        settings: Settings of the batch jobs.
        interval: Seconds between two requests for a job.
        options: Overrides for each request.
        on_progress: Called with the progress when it changes.
        delete_files: Whether uploaded requests are deleted after success.
        running: The last state of each job, by part number.
        lost: The error for each part whose results the server has deleted, by part number.
    """

    client: MistralCore
    folder: BatchFolder
    settings: Mapping[str, Any]
    interval: float
    options: RequestOptions | None
    on_progress: OnProgress | None = None
    delete_files: bool = attrs.field(default=False, kw_only=True)
    running: dict[int, BatchJob] = attrs.field(factory=dict[int, BatchJob])
    lost: dict[int, SDKError] = attrs.field(factory=dict[int, SDKError])

    async def run(self, part: Part) -> None:
        """Complete the remaining steps of a part.

        Raises:
            MistralError: A step failed.
        """
        await self._upload(part)
        await self._submit(part)
        await self._await(part)

    @property
    def lookup(self) -> Lookup:
        """The lookup of the files and jobs of the batch."""
        return Lookup(self.client, self.folder, self.options)

    async def report(self) -> None:
        """Report the progress of the batch."""
        await report(self.on_progress, progress_of(self.folder.manifest, self.running))

    async def _upload(self, part: Part) -> None:
        if part.file_id is not None or part.inline:
            return
        file = await self.lookup.find_file(part) if part.uploading else None
        if file is None:
            part.uploading = True
            await self.folder.save()
            path, name = self.folder.file_of(part, "requests"), self.folder.name_of(part)
            created = await _persist(
                lambda: files_upload(
                    self.client,
                    file=File(path, file_name=name),
                    purpose="batch",
                    options=self.options,
                )
            )
            part.file_id, part.uploaded_at = created.id, created.created_at
        else:
            part.file_id, part.uploaded_at = file.id, file.created_at
        await self.folder.save()

    async def _submit(self, part: Part) -> None:
        """Create the job of a part, unless an earlier attempt has created it."""
        if part.job_id is not None:
            return
        job = await self.lookup.find_job(part) if part.submitting else None
        part.submitting = True
        await self.folder.save()
        attempts = 0
        while job is None:
            attempts += 1
            created = await batch_jobs_create(
                self.client,
                endpoint=self.settings["endpoint"],
                **await self._input(part),
                model=_or_unset(self.settings["model"]),
                agent_id=_or_unset(self.settings["agent_id"]),
                timeout_hours=self.settings["timeout_hours"],
                options=self.options,
            )
            if isinstance(created, Ok):
                job = created.value
            elif attempts == ATTEMPTS or not created.error.retryable:
                raise created.error
            else:
                await asyncio.sleep(self.interval)
                job = await self.lookup.find_job(part)
        part.job_id = job.id
        await self.folder.save()

    async def _input(self, part: Part) -> dict[str, Any]:
        """Return the requests of a job, as a file or inline, and its metadata."""
        metadata = self.settings["metadata"]
        if not part.inline:
            return {"input_files": [str(part.file_id)], "metadata": _or_unset(metadata)}
        lines = [line async for line in self.folder.lines(part, "requests")]
        requests = [decode_exactly(line) for line in lines]
        return {"requests": requests, "metadata": {**(metadata or {}), **self.lookup.mark_of(part)}}

    async def _await(self, part: Part) -> None:
        """Wait for the job of a part, and download its results."""
        job = await _persist(lambda: self._watch(part))
        for kind, file_id in zip(RESULTS, (job.output_file, job.error_file), strict=True):
            if file_id is None or not file_id.strip():
                await self.folder.drop_results(part, kind)
                continue
            try:
                await _persist(lambda kind=kind, file_id=file_id: self._save(part, kind, file_id))  # type: ignore[misc]
            except SDKError as error:
                if error.status not in GONE or kind in part.digests:
                    raise
                self.lost[part.number] = error
            else:
                await self.folder.keep_results(part, kind)
        part.status, part.downloaded = job.status, part.number not in self.lost
        part.failed = await self._count_failed(part) if part.downloaded else 0
        await self.folder.save()
        await self.report()
        if self.delete_files and part.downloaded and job.status == "SUCCESS" and not part.failed:
            await delete_requests(self.lookup, part)

    async def _watch(self, part: Part) -> Result[BatchJob, Failure]:
        """Wait for the job of a part, and report its progress."""
        last: Result[BatchJob, Failure] = NO_STATE
        states = batch_jobs_watch(
            self.client, str(part.job_id), interval=self.interval, options=self.options
        )
        async with aclosing(cast("Watch[BatchJob]", states)):
            async for last in states:
                if isinstance(last, Ok):
                    self.running[part.number] = last.value
                    await self.report()
        return last

    async def _count_failed(self, part: Part) -> int:
        """Return the number of failed requests of a part, by its results."""
        failed = 0
        async with aclosing(outcomes_of(self.folder, part, Any, None)) as outcomes:
            async for outcome in outcomes:
                failed += isinstance(outcome.result, Err)
        return failed - part.refused

    async def _save(self, part: Part, kind: str, file_id: str) -> Result[object, Failure]:
        download = await files_download(self.client, file_id, options=self.options)
        if isinstance(download, Err):
            return download
        return await download.value.save(self.folder.file_of(part, kind))


def _or_unset(value: U | None) -> "U | Unset":
    return UNSET if value is None else value


async def _persist(call: Callable[[], Awaitable[Result[U, Failure]]]) -> U:
    """Make an idempotent call, and repeat it on transient errors."""
    result = await call()
    for _ in range(ATTEMPTS - 1):
        if isinstance(result, Ok) or not result.error.retryable:
            break
        await asyncio.sleep(PAUSE)
        result = await call()
    return value_of(result)
