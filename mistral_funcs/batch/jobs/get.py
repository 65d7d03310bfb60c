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
        client: The client to use.
        job_id: ID of the job.
        inline: Whether to include the results in `outputs`. Otherwise they are only in the result
            files.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The current state of the job.
    """
    ...
