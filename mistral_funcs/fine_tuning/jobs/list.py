"""GET /v1/fine_tuning/jobs."""

from datetime import datetime

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.fine_tuning.jobs import JobsOut, JobStatus


@operation("GET", "/v1/fine_tuning/jobs", returns=JSON(JobsOut))
async def fine_tuning_jobs_list(
    client: MistralCore,
    *,
    page: int | None = None,
    page_size: int | None = None,
    model: str | None = None,
    created_after: datetime | None = None,
    created_before: datetime | None = None,
    created_by_me: bool | None = None,
    status: JobStatus | None = None,
    wandb_project: str | None = None,
    wandb_name: str | None = None,
    suffix: str | None = None,
    options: RequestOptions | None = None,
) -> Result[JobsOut, Failure]:
    """List fine-tuning jobs, one page at a time.

    Args:
        client: The client to use.
        page: Page number, from 0.
        page_size: Maximum number of jobs per page. Defaults to 100.
        model: Return only jobs that fine-tune this model.
        created_after: Return only jobs created after this time.
        created_before: Return only jobs created before this time.
        created_by_me: Whether to return only jobs created with this API key. Defaults to false.
        status: Return only jobs with this status.
        wandb_project: Return only jobs that report to this Weights & Biases project.
        wandb_name: Return only jobs that report to a Weights & Biases run with this name.
        suffix: Return only jobs whose models have this suffix.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of jobs. Entries that cannot be parsed are `Unknown`.
    """
    ...
