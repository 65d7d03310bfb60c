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
    """Start a validated fine-tuning job.

    Args:
        client: The client to use.
        job_id: ID of the job.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The job. It may be queued before it runs.
    """
    ...
