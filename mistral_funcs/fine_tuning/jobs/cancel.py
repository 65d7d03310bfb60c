"""POST /v1/fine_tuning/jobs/{job_id}/cancel."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.fine_tuning.jobs import DetailedJobOut


@operation("POST", "/v1/fine_tuning/jobs/{job_id}/cancel", returns=JSON(DetailedJobOut))
async def fine_tuning_jobs_cancel(
    client: MistralCore,
    job_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DetailedJobOut, Failure]:
    """Ask for a fine-tuning job to be cancelled.

    Args:
        client: The client to call through.
        job_id: The id of the job.
        options: What this one call does differently.

    Returns:
        The job, which ends soon after.
    """
    ...
