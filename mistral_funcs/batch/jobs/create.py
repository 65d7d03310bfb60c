"""POST /v1/batch/jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistral_core import (
    JSON,
    UNSET,
    Failure,
    MistralCore,
    RequestOptions,
    Result,
    Unset,
    operation,
)
from mistral_funcs.schemas.batch.jobs import ApiEndpoint, BatchJob, BatchRequest


@operation("POST", "/v1/batch/jobs", returns=JSON(BatchJob))
async def batch_jobs_create(
    client: MistralCore,
    *,
    endpoint: ApiEndpoint,
    input_files: Sequence[str] | None | Unset = UNSET,
    requests: Sequence[BatchRequest | Mapping[str, Any]] | None | Unset = UNSET,
    model: str | None | Unset = UNSET,
    agent_id: str | None | Unset = UNSET,
    metadata: Mapping[str, str] | None | Unset = UNSET,
    timeout_hours: int | None = None,
    options: RequestOptions | None = None,
) -> Result[BatchJob, Failure]:
    """Create a batch job: many requests to one endpoint, answered when there is room.

    Args:
        client: The client to call through.
        endpoint: The endpoint that the requests are for.
        input_files: The ids of files with the requests: a `BatchRequest` as JSON a line.
        requests: In place of files, the requests themselves, at most 10,000.
        model: The id of the model that answers them.
        agent_id: In place of a model, the id of the agent that answers them.
        metadata: Data of your own, to be kept with the job.
        timeout_hours: How long it may take, from 1 to 168 hours; by default 24.
        options: What this one call does differently.

    Returns:
        The job, which is to be waited for.
    """
    ...
