"""How a part of a batch becomes a file, a job and its results: each once, whoever dies on the way.

What is about to be done is written down before it is done, and what came of it after. Where only
the first is found, the API is asked whether it was done.
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
"""The statuses of a results file that the server no longer has."""

PAUSE = 1.0
TRIES = 5
"""How often a step is tried that fails with what passes, each time with the client's retries."""


@final
@attrs.frozen
class Carrier:
    """Carry the parts of a batch.

    Attributes:
        client: The client to call through.
        folder: What the batch has on disk.
        settings: What the jobs are made with.
        interval: Seconds from one look at a job to the next.
        options: What each call does differently.
        lost: Why the server no longer has all results of a part, by its number.
    """

    client: MistralCore
    folder: BatchFolder
    settings: Mapping[str, Any]
    interval: float
    options: RequestOptions | None
    lost: dict[int, SDKError] = attrs.field(factory=dict[int, SDKError])

    async def carry(self, part: Part) -> None:
        """Carry a part from where it is to its end.

        Raises:
            MistralError: It cannot go on.
        """
        await self._upload(part)
        await self._submit(part)
        await self._await(part)

    async def _upload(self, part: Part) -> None:
        if part.file_id is not None:
            return
        found = await self._find_file(part) if part.uploading else None
        if found is None:
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
            part.file_id, part.uploaded_at = found.id, found.created_at
        await self.folder.save()

    async def _find_file(self, part: Part) -> FileSchema | None:
        """Return the file of an upload of which the answer was not heard."""
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
        """Make the job of a part, once: where it is not known whether there is one, look."""
        if part.job_id is not None:
            return
        job = await self._find_job(part) if part.submitting else None
        part.submitting = True
        await self.folder.save()
        tries = 0
        while job is None:
            tries += 1
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
            elif tries == TRIES or not created.error.retryable:
                raise created.error
            else:
                await asyncio.sleep(self.interval)
                job = await self._find_job(part)
        part.job_id = job.id
        await self.folder.save()

    async def _find_job(self, part: Part) -> BatchJob | None:
        """Return the job that was made of a part's file."""
        since = _a_minute_before(part.uploaded_at)
        jobs = paginate(batch_jobs_list, self.client, created_after=since, options=self.options)
        async for item in jobs:
            job = _value(item)
            if isinstance(job, BatchJob) and job.input_files == [part.file_id]:
                return job
        return None

    async def _await(self, part: Part) -> None:
        """Wait for the job of a part, and download what came of it."""
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
    """Return a moment, if the server named one that exists."""
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
    """Make a call that may be made twice, again where what failed passes."""
    result = await call()
    for _ in range(TRIES - 1):
        if isinstance(result, Ok) or not result.error.retryable:
            break
        await asyncio.sleep(PAUSE)
        result = await call()
    return _value(result)
