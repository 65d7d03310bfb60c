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
    """Delete a batch job; its files stay.

    Args:
        client: The client to call through.
        job_id: The id of the job.
        options: What this one call does differently.

    Returns:
        The id of the job, and that it is deleted.
    """
    ...
