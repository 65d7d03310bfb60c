"""Lookup of the files and jobs of a batch that an earlier process created before it died."""

from datetime import UTC, datetime
from typing import TypeVar, final

import attrs

from mistral_core import Err, Failure, MistralCore, RequestOptions, Result
from mistral_funcs.batch.jobs.list import batch_jobs_list
from mistral_funcs.files.list import files_list
from mistral_funcs.schemas.batch.jobs import BatchJob
from mistral_funcs.schemas.files import FileSchema
from mistral_funcs.toolkit.batching.folder import BatchFolder
from mistral_funcs.toolkit.batching.manifest import Part
from mistral_funcs.toolkit.pagination import paginate

U = TypeVar("U")

MARK = "mistral_funcs_part"
"""The metadata of a job with inline requests: the name of its part."""


@final
@attrs.frozen
class Lookup:
    """Finds the files and jobs of a batch.

    Attributes:
        client: The client to use.
        folder: The files of the batch.
        options: Overrides for each request.
    """

    client: MistralCore
    folder: BatchFolder
    options: RequestOptions | None

    async def find_file(self, part: Part) -> FileSchema | None:
        """Return the file of an upload whose response was lost, if it exists."""
        name = self.folder.name_of(part)
        files = paginate(
            files_list, self.client, search=name, purpose="batch", options=self.options
        )
        async for item in files:
            file = value_of(item)
            if isinstance(file, FileSchema) and file.filename == name:
                return file
        return None

    def mark_of(self, part: Part) -> dict[str, str]:
        """Return the metadata by which the job of inline requests is found."""
        return {MARK: self.folder.name_of(part)}

    async def find_job(self, part: Part) -> BatchJob | None:
        """Return the job with the requests of a part as its input, if it exists."""
        jobs = paginate(
            batch_jobs_list,
            self.client,
            created_after=a_minute_before(part.uploaded_at),
            metadata=self.mark_of(part) if part.inline else None,
            options=self.options,
        )
        async for item in jobs:
            job = value_of(item)
            if isinstance(job, BatchJob) and self._is_job_of(part, job):
                return job
        return None

    def _is_job_of(self, part: Part, job: BatchJob) -> bool:
        if part.inline:
            return (job.metadata or {}).get(MARK) == self.folder.name_of(part)
        return job.input_files == [part.file_id]


def a_minute_before(seconds: int | None) -> datetime | None:
    """Return a time one minute earlier, or `None` if the timestamp is missing or invalid."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds - 60, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def value_of(item: Result[U, Failure]) -> U:
    """Return the value of a result, or raise its error."""
    if isinstance(item, Err):
        raise item.error
    return item.value
