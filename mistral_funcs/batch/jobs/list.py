"""GET /v1/batch/jobs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from mistral_core import JSON, Failure, MistralCore, RequestOptions, Result, operation
from mistral_funcs.schemas.batch.jobs import BatchJobStatus, ListBatchJobsResponse


@operation("GET", "/v1/batch/jobs", returns=JSON(ListBatchJobsResponse))
async def batch_jobs_list(
    client: MistralCore,
    *,
    page: int | None = None,
    page_size: int | None = None,
    model: str | None = None,
    agent_id: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    created_after: datetime | None = None,
    created_by_me: bool | None = None,
    status: Sequence[BatchJobStatus] | None = None,
    order_by: Literal["created", "-created"] | str | None = None,
    options: RequestOptions | None = None,
) -> Result[ListBatchJobsResponse, Failure]:
    """List the batch jobs, one page of them.

    Args:
        client: The client to call through.
        page: The number of the page, from 0.
        page_size: The most jobs on a page.
        model: Only the jobs that this model answers.
        agent_id: Only the jobs that this agent answers.
        metadata: Only the jobs that were made with these metadata. They are parameters of their
            own to the API: a key that another argument has here cannot be asked for.
        created_after: Only the jobs that were made after this moment.
        created_by_me: Whether only the jobs that this API key made are listed.
        status: Only the jobs that are as far as one of these.
        order_by: What comes first: the newest, or by `"created"` the oldest.
        options: What this one call does differently.

    Returns:
        The page. A job that cannot be read stands in it as `Unknown`, and fails nothing.
    """
    ...
