"""Progress of a batch."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import TypeAlias, final

import attrs

from mistral_funcs.schemas.batch.jobs import BatchJob
from mistral_funcs.toolkit.batching.manifest import Manifest

__all__ = ["BatchProgress"]

logger = logging.getLogger("mistral_funcs")


@final
@attrs.frozen(kw_only=True)
class BatchProgress:
    """Progress of a batch, including earlier runs. A retried request counts once.

    Attributes:
        requests: Number of requests so far.
        is_complete: Whether all requests have been read, so that their number is final.
        succeeded: Number of requests that succeeded.
        failed: Number of requests that failed.
        jobs: Number of jobs so far.
        ended_jobs: Number of jobs whose results are on disk.
    """

    requests: int
    is_complete: bool
    succeeded: int
    failed: int
    jobs: int
    ended_jobs: int


OnProgress: TypeAlias = Callable[[BatchProgress], Awaitable[None] | None]


def progress_of(manifest: Manifest, running: Mapping[int, BatchJob]) -> BatchProgress:
    """Return the progress of a batch.

    Args:
        manifest: Its parts.
        running: The last state of each running job, by the number of its part.
    """
    parts, retried = manifest.parts, manifest.retried
    succeeded = failed = 0
    for part in parts:
        job = running.get(part.number)
        if part.downloaded:
            done, refused = part.requests - part.failed, part.failed
        else:
            done = (job and job.succeeded_requests) or 0
            refused = (job and job.failed_requests) or 0
        succeeded += done
        failed += part.refused + (0 if part.number in retried else refused)
    return BatchProgress(
        requests=sum(part.requests + part.refused for part in parts if part.retry_of is None),
        is_complete=manifest.written,
        succeeded=succeeded,
        failed=failed,
        jobs=sum(part.requests > 0 for part in parts),
        ended_jobs=sum(part.downloaded for part in parts),
    )


async def report(on_progress: OnProgress | None, progress: BatchProgress) -> None:
    """Call a progress function. Exceptions are logged."""
    if on_progress is None:
        return
    try:
        returned = on_progress(progress)
        if isawaitable(returned):
            await returned
    except Exception:
        logger.exception("Ignored an error that a progress function raised")
