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
    """Create a batch job that sends many requests to one endpoint.

    Args:
        client: The client to use.
        endpoint: Endpoint that the requests are sent to.
        input_files: IDs of JSON Lines files with one `BatchRequest` per line.
        requests: The requests themselves, instead of files. At most 10,000.
        model: ID of the model that runs the requests.
        agent_id: ID of the agent that runs the requests, instead of a model.
        metadata: Your own metadata, stored with the job.
        timeout_hours: Timeout of the job in hours, from 1 to 168. Defaults to 24.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The job. Wait for it with `batch_jobs_wait`.
    """
    ...
