"""Upload, submission and download of the parts of a batch, each exactly once.

The manifest records each step before and after it is done. If a process died in between, the API is
asked whether the step was completed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar, final

import attrs

from mistral_core import (
    UNSET,
    Err,
    Failure,
    File,
    MistralCore,
    Ok,
    RequestOptions,
    Result,
    SDKError,
    Unset,
)
from mistral_funcs.batch.jobs.create import batch_jobs_create
from mistral_funcs.batch.jobs.list import batch_jobs_list
from mistral_funcs.files.download import files_download
from mistral_funcs.files.list import files_list
from mistral_funcs.files.upload import files_upload
from mistral_funcs.schemas.batch.jobs import BatchJob
from mistral_funcs.schemas.files import FileSchema
from mistral_funcs.toolkit.batching.folder import RESULTS, BatchFolder
from mistral_funcs.toolkit.batching.manifest import Part
from mistral_funcs.toolkit.pagination import paginate
from mistral_funcs.toolkit.waiting import batch_jobs_wait

U = TypeVar("U")

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
        lost: For each part whose results the server has deleted, the error, by part number.
    """

    client: MistralCore
    folder: BatchFolder
    settings: Mapping[str, Any]
    interval: float
    options: RequestOptions | None
    lost: dict[int, SDKError] = attrs.field(factory=dict[int, SDKError])

    async def run(self, part: Part) -> None:
        """Complete the remaining steps of a part.

        Raises:
            MistralError: A step failed.
        """
        await self._upload(part)
        await self._submit(part)
        await self._await(part)

    async def _upload(self, part: Part) -> None:
        if part.file_id is not None:
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
                input_files=[str(part.file_id)],
                model=_or_unset(self.settings["model"]),
                agent_id=_or_unset(self.settings["agent_id"]),
                metadata=_or_unset(self.settings["metadata"]),
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

    async def _find_job(self, part: Part) -> BatchJob | None:
        """Return the job with the file of a part as its input, if it exists."""
        since = _a_minute_before(part.uploaded_at)
        jobs = paginate(batch_jobs_list, self.client, created_after=since, options=self.options)
        async for item in jobs:
            job = _value(item)
            if isinstance(job, BatchJob) and job.input_files == [part.file_id]:
                return job
        return None

    async def _await(self, part: Part) -> None:
        """Wait for the job of a part, and download its results."""
        job = await _persist(
            lambda: batch_jobs_wait(
                self.client, str(part.job_id), interval=self.interval, options=self.options
            )
        )
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
