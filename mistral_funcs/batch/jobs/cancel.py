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
    """Cancel a batch job that has not ended.

    Args:
        client: The client to call through.
        job_id: The id of the job.
        options: What this one call does differently.

    Returns:
        The job, which ends soon after.
    """
    ...
