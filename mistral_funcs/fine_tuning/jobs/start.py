"""POST /v1/fine_tuning/jobs/{job_id}/start."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.fine_tuning.jobs import DetailedJobOut


@operation("POST", "/v1/fine_tuning/jobs/{job_id}/start", returns=JSON(DetailedJobOut))
async def fine_tuning_jobs_start(
    client: MistralCore,
    job_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DetailedJobOut, Failure]:
    """Start a fine-tuning job that is validated.

    Args:
        client: The client to call through.
        job_id: The id of the job.
        options: What this one call does differently.

    Returns:
        The job, which runs soon after.
    """
    ...
