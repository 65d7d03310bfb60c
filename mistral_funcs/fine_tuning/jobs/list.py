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
    """List the fine-tuning jobs, one page of them.

    Args:
        client: The client to call through.
        page: The number of the page, from 0.
        page_size: The most jobs on a page.
        model: Only the jobs that fine-tune this model.
        created_after: Only the jobs that were made after this moment.
        created_before: Only the jobs that were made before this moment.
        created_by_me: Whether only the jobs that this API key made are listed.
        status: Only the jobs that are this far.
        wandb_project: Only the jobs that report to this project of Weights & Biases.
        wandb_name: Only the jobs that report to a run of this name.
        suffix: Only the jobs of models with this suffix.
        options: What this one call does differently.

    Returns:
        The page. A job that cannot be read stands in it as `Unknown`, and fails nothing.
    """
    ...
