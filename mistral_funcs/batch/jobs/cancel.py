"""POST /v1/batch/jobs/{job_id}/cancel."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.batch.jobs import BatchJob


@operation("POST", "/v1/batch/jobs/{job_id}/cancel", returns=JSON(BatchJob))
async def batch_jobs_cancel(
    client: MistralCore,
    job_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[BatchJob, Failure]:
    """Request cancellation of a batch job.

    Args:
        client: The client to use.
        job_id: ID of the job.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The job. It may still run for a short time.
    """
    ...
