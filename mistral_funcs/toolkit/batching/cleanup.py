"""Cancelling the jobs of an abandoned batch, and deleting the files of a successful one."""

import asyncio
import logging
from collections.abc import Sequence

from mistral_core import Err, Failure, RequestTimeoutError
from mistral_funcs.batch.jobs.cancel import batch_jobs_cancel
from mistral_funcs.files.delete import files_delete
from mistral_funcs.toolkit.batching.lookup import Lookup
from mistral_funcs.toolkit.batching.manifest import Part

GONE = frozenset({404, 410})
"""Error statuses for a file that the server has deleted."""

CANCEL_WITHIN = 10.0

logger = logging.getLogger("mistral_funcs")


async def cancel_jobs(lookup: Lookup) -> None:
    """Cancel all running jobs. Failures are logged."""
    parts = [part for part in lookup.folder.manifest.parts if part.submitting and not part.status]
    results: Sequence[Failure | BaseException | None]
    try:
        async with asyncio.timeout(CANCEL_WITHIN):
            calls = (_cancel(lookup, part) for part in parts)
            results = await asyncio.gather(*calls, return_exceptions=True)
    except TimeoutError:
        results = [RequestTimeoutError(f"No response within {CANCEL_WITHIN:g} s", "deadline")]
    for error in filter(None, results):
        logger.warning("A job of an abandoned batch could not be cancelled: %s", error)


async def _cancel(lookup: Lookup, part: Part) -> Failure | None:
    if part.job_id is None:  # The response to its creation may be lost.
        job = await lookup.find_job(part)
        if job is None:
            return None
        part.job_id = job.id
        await lookup.folder.save()
    result = await batch_jobs_cancel(lookup.client, part.job_id, options=lookup.options)
    return result.error if isinstance(result, Err) else None


async def delete_requests(lookup: Lookup, part: Part) -> None:
    """Delete the uploaded requests of a part. A failure is logged."""
    if part.file_id is None or part.deleted:
        return
    result = await files_delete(lookup.client, part.file_id, options=lookup.options)
    if isinstance(result, Err) and getattr(result.error, "status", None) not in GONE:
        logger.warning("The file %s could not be deleted: %s", part.file_id, result.error)
        return
    part.deleted = True
    await lookup.folder.save()
