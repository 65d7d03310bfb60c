"""GET /v1/batch/jobs/{job_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.batch.jobs import BatchJob


@operation("GET", "/v1/batch/jobs/{job_id}", returns=JSON(BatchJob))
async def batch_jobs_get(
    client: MistralCore,
    job_id: str,
    *,
    inline: bool | None = None,
    options: RequestOptions | None = None,
) -> Result[BatchJob, Failure]:
    """Get a batch job.

    Args:
        client: The client to call through.
        job_id: The id of the job.
        inline: Whether the job brings its `outputs`; else they are in its files alone.
        options: What this one call does differently.

    Returns:
        The job as it is now.
    """
    ...
