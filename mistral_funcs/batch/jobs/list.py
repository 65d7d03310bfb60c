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
    """List batch jobs, one page at a time.

    Args:
        client: The client to use.
        page: Page number, from 0.
        page_size: Maximum number of jobs per page. Defaults to 100.
        model: Return only jobs of this model.
        agent_id: Return only jobs of this agent.
        metadata: Return only jobs with this metadata. Each key is sent as a query parameter, so a
            key that is also the name of another argument cannot be used.
        created_after: Return only jobs created after this time.
        created_by_me: Whether to return only jobs created with this API key. Defaults to false.
        status: Return only jobs with one of these statuses.
        order_by: Sort order: `"-created"` for newest first, `"created"` for oldest first. Defaults
            to newest first.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        A page of jobs. Entries that cannot be parsed are `Unknown`.
    """
    ...
