"""Schemas of the batch job operations.

Responses require only IDs, because older and self-hosted servers omit other fields.
"""

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, UnixTime, Unknown, Unset

ApiEndpoint: TypeAlias = (
    Literal[
        "/v1/chat/completions",
        "/v1/embeddings",
        "/v1/fim/completions",
        "/v1/moderations",
        "/v1/chat/moderations",
        "/v1/ocr",
        "/v1/classifications",
        "/v1/chat/classifications",
        "/v1/conversations",
        "/v1/audio/transcriptions",
    ]
    | str
)
"""Endpoint that the requests of a batch job are sent to. Other values are accepted."""

BatchJobStatus: TypeAlias = (
    Literal[
        "QUEUED",
        "RUNNING",
        "SUCCESS",
        "FAILED",
        "TIMEOUT_EXCEEDED",
        "CANCELLATION_REQUESTED",
        "CANCELLED",
    ]
    | str
)
"""Status of a batch job. Other values are accepted."""


# ----------------------------------------------------------------------------------------- requests


@final
@attrs.frozen(kw_only=True)
class BatchRequest(Schema):
    """A request of a batch job.

    Attributes:
        custom_id: Your own ID for the request, repeated in its result. Unique within a job.
        body: Request body of the endpoint. `model` may be set on the job instead.
    """

    custom_id: str | None | Unset = UNSET
    body: Mapping[str, Any]


# ---------------------------------------------------------------------------------------- responses


@final
@attrs.frozen(kw_only=True)
class BatchError(Schema):
    """An error of a batch job.

    Attributes:
        message: Error message.
        count: Number of times the error occurred.
    """

    message: str | None = None
    count: int = 1


@final
@attrs.frozen(kw_only=True)
class BatchJob(Schema):
    """A batch job.

    Attributes:
        id: ID to pass to the API.
        object: `"batch"`.
        input_files: IDs of the input files.
        metadata: Your own metadata.
        endpoint: Endpoint that the requests are sent to.
        model: Model that runs the requests.
        agent_id: Agent that runs the requests.
        output_file: ID of the JSON Lines file with the successful results.
        error_file: ID of the JSON Lines file with the failed requests.
        errors: Errors of the job as a whole.
        outputs: The lines of both result files, if requested.
        status: Status of the job.
        created_at: Time of creation, in seconds since the Unix epoch.
        total_requests: Number of requests.
        completed_requests: Number of completed requests.
        succeeded_requests: Number of successful requests.
        failed_requests: Number of failed requests.
        started_at: Start time, in seconds since the Unix epoch.
        completed_at: End time, in seconds since the Unix epoch.
    """

    id: str
    object: str = "batch"
    input_files: list[str] = attrs.field(factory=list[str])
    metadata: dict[str, Any] | None = None
    endpoint: str | None = None
    model: str | None = None
    agent_id: str | None = None
    output_file: str | None = None
    error_file: str | None = None
    errors: list[BatchError] = attrs.field(factory=list[BatchError])
    outputs: list[dict[str, Any]] | None = attrs.field(default=None, repr=False)
    status: BatchJobStatus | None = None
    created_at: UnixTime | None = None
    total_requests: int | None = None
    completed_requests: int | None = None
    succeeded_requests: int | None = None
    failed_requests: int | None = None
    started_at: UnixTime | None = None
    completed_at: UnixTime | None = None


@final
@attrs.frozen(kw_only=True)
class ListBatchJobsResponse(Schema):
    """A page of batch jobs.

    Attributes:
        data: The jobs.
        object: `"list"`.
        total: Total number of jobs on all pages.
    """

    data: list[BatchJob | Unknown] = attrs.field(factory=list[BatchJob | Unknown])
    object: str = "list"
    total: int | None = None


@final
@attrs.frozen(kw_only=True)
class DeleteBatchJobResponse(Schema):
    """Confirmation that a batch job was deleted.

    Attributes:
        id: ID of the job.
        object: `"batch"`.
        deleted: Whether the job is deleted.
    """

    id: str
    object: str = "batch"
    deleted: bool = True
