"""DELETE /v1/batch/jobs/{job_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.batch.jobs import DeleteBatchJobResponse


@operation("DELETE", "/v1/batch/jobs/{job_id}", returns=JSON(DeleteBatchJobResponse))
async def batch_jobs_delete(
    client: MistralCore,
    job_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DeleteBatchJobResponse, Failure]:
    """Delete a batch job, but not its files.

    Args:
        client: The client to use.
        job_id: ID of the job.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        Confirmation with the ID of the job.
    """
    ...
