"""GET /v1/fine_tuning/jobs/{job_id}."""

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.fine_tuning.jobs import DetailedJobOut


@operation("GET", "/v1/fine_tuning/jobs/{job_id}", returns=JSON(DetailedJobOut))
async def fine_tuning_jobs_get(
    client: MistralCore,
    job_id: str,
    *,
    options: RequestOptions | None = None,
) -> Result[DetailedJobOut, Failure]:
    """Get a fine-tuning job, with its events and checkpoints.

    Args:
        client: The client to use.
        job_id: ID of the job.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The current state of the job.
    """
    ...
