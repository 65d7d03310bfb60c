"""Upload, submission and download of the parts of a batch, each exactly once.

The manifest records each step before and after it is done. If a process died in between, the API is
asked whether the step was completed.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, TypeVar, final

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
    RequestTimeoutError,
    Result,
    SDKError,
    Unset,
)
from mistral_core.response.decode import EXACT_DECODER, decode_json
from mistral_funcs.batch.jobs.cancel import batch_jobs_cancel
from mistral_funcs.batch.jobs.create import batch_jobs_create
from mistral_funcs.batch.jobs.list import batch_jobs_list
from mistral_funcs.files.delete import files_delete
from mistral_funcs.files.download import files_download
from mistral_funcs.files.list import files_list
from mistral_funcs.files.upload import files_upload
from mistral_funcs.schemas.batch.jobs import BatchJob
from mistral_funcs.schemas.files import FileSchema
from mistral_funcs.toolkit.batching.folder import RESULTS, BatchFolder
from mistral_funcs.toolkit.batching.manifest import Part
from mistral_funcs.toolkit.batching.progress import OnProgress, progress_of, report
from mistral_funcs.toolkit.batching.results import outcomes_of
from mistral_funcs.toolkit.pagination import paginate
from mistral_funcs.toolkit.waiting import batch_jobs_watch

U = TypeVar("U")

logger = logging.getLogger("mistral_funcs")

MARK = "mistral_funcs_part"
"""The metadata of a job with inline requests: the name of its part."""

NO_STATE = Err(InvalidRequestError("No state of the job was received"))
CANCEL_WITHIN = 10.0

GONE = frozenset({404, 410})
"""Error statuses for a result file that the server has deleted."""

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
        lost: For each part whose results the server has deleted, the error, by part number.
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

    async def report(self) -> None:
        """Report the progress of the batch."""
        await report(self.on_progress, progress_of(self.folder.manifest, self.running))

    async def cancel(self) -> None:
        """Cancel all running jobs. Failures are logged."""
        parts = [part for part in self.folder.manifest.parts if part.submitting and not part.status]
        try:
            async with asyncio.timeout(CANCEL_WITHIN):
                results = await asyncio.gather(*map(self._cancel, parts), return_exceptions=True)
        except TimeoutError:
            results = [RequestTimeoutError(f"No response within {CANCEL_WITHIN:g} s", "deadline")]
        for error in filter(None, results):
            logger.warning("A job of an abandoned batch could not be cancelled: %s", error)

    async def _cancel(self, part: Part) -> Failure | None:
        if part.job_id is None:  # The response to its creation may be lost.
            job = await self._find_job(part)
            if job is None:
                return None
            part.job_id = job.id
            await self.folder.save()
        result = await batch_jobs_cancel(self.client, part.job_id, options=self.options)
        return result.error if isinstance(result, Err) else None

    async def _upload(self, part: Part) -> None:
        if part.file_id is not None or part.inline:
            return
        file = await self._find_file(part) if part.uploading else None
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

    async def _find_file(self, part: Part) -> FileSchema | None:
        """Return the file of an upload whose response was lost, if it exists."""
        name = self.folder.name_of(part)
        files = paginate(
            files_list, self.client, search=name, purpose="batch", options=self.options
        )
        async for item in files:
            file = _value(item)
            if isinstance(file, FileSchema) and file.filename == name:
                return file
        return None

    async def _submit(self, part: Part) -> None:
        """Create the job of a part, unless an earlier attempt has created it."""
        if part.job_id is not None:
            return
        job = await self._find_job(part) if part.submitting else None
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
                job = await self._find_job(part)
        part.job_id = job.id
        await self.folder.save()

    async def _input(self, part: Part) -> dict[str, Any]:
        """Return the requests of a job, as a file or inline, and its metadata."""
        metadata = self.settings["metadata"]
        if not part.inline:
            return {"input_files": [str(part.file_id)], "metadata": _or_unset(metadata)}
        lines = [line async for line in self.folder.lines(part, "requests")]
        requests = [decode_json(line, EXACT_DECODER) for line in lines]
        return {"requests": requests, "metadata": {**(metadata or {}), **self._mark(part)}}

    def _mark(self, part: Part) -> dict[str, str]:
        """Return the metadata by which the job of inline requests is found."""
        return {MARK: self.folder.name_of(part)}

    async def _find_job(self, part: Part) -> BatchJob | None:
        """Return the job with the requests of a part as its input, if it exists."""
        mark = self._mark(part)
        jobs = paginate(
            batch_jobs_list,
            self.client,
            created_after=_a_minute_before(part.uploaded_at),
            metadata=mark if part.inline else None,
            options=self.options,
        )
        async for item in jobs:
            job = _value(item)
            if not isinstance(job, BatchJob):
                continue
            marked = (job.metadata or {}).get(MARK) == mark[MARK]
            if marked if part.inline else job.input_files == [part.file_id]:
                return job
        return None

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
        part.failed = part.requests if self.lost else await self._count_failed(part)
        await self.folder.save()
        await self.report()
        if self.delete_files and part.downloaded and job.status == "SUCCESS" and not part.failed:
            await self._delete(part)

    async def _watch(self, part: Part) -> Result[BatchJob, Failure]:
        """Wait for the job of a part, and report its progress."""
        last: Result[BatchJob, Failure] = NO_STATE
        states = batch_jobs_watch(
            self.client, str(part.job_id), interval=self.interval, options=self.options
        )
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

    async def _delete(self, part: Part) -> None:
        """Delete the uploaded requests of a part. A failure is logged."""
        if part.file_id is None or part.deleted:
            return
        result = await files_delete(self.client, part.file_id, options=self.options)
        if isinstance(result, Err) and getattr(result.error, "status", None) not in GONE:
            logger.warning("The file %s could not be deleted: %s", part.file_id, result.error)
            return
        part.deleted = True
        await self.folder.save()

    async def _save(self, part: Part, kind: str, file_id: str) -> Result[object, Failure]:
        download = await files_download(self.client, file_id, options=self.options)
        if isinstance(download, Err):
            return download
        return await download.value.save(self.folder.file_of(part, kind))


def _a_minute_before(seconds: int | None) -> datetime | None:
    """Return a time one minute earlier, or `None` if the timestamp is missing or invalid."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds - 60, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _value(item: Result[U, Failure]) -> U:
    if isinstance(item, Err):
        raise item.error
    return item.value


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
    return _value(result)
