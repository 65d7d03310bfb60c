"""The schemas of the batch API.

Of a response only ids are required: what older and self-hosted servers leave out fails no call.
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
"""The endpoint that the requests of a job are for. An open set."""

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
"""How far a job is. An open set."""


# ---------------------------------------------------------------------------------- what is sent


@final
@attrs.frozen(kw_only=True)
class BatchRequest(Schema):
    """Hold one request of a job.

    Attributes:
        custom_id: Your own id of it, which its result bears; no two requests of a job share one.
        body: What a call of the endpoint sends; the model may be left to the job.
    """

    custom_id: str | None | Unset = UNSET
    body: Mapping[str, Any]


# ------------------------------------------------------------------------------ what is received


@final
@attrs.frozen(kw_only=True)
class BatchError(Schema):
    """Tell what went wrong with a job.

    Attributes:
        message: What it was.
        count: How often it happened.
    """

    message: str | None = None
    count: int = 1


@final
@attrs.frozen(kw_only=True)
class BatchJob(Schema):
    """Describe a job.

    Attributes:
        id: The id, by which calls name it.
        object: `"batch"`.
        input_files: The ids of the files with its requests.
        metadata: Data of your own, kept with it.
        endpoint: The endpoint that its requests are for.
        model: The model that answers them.
        agent_id: The agent that answers them.
        output_file: The id of the file with the answers: JSON, a line each.
        error_file: The id of the file with the requests that failed: JSON, a line each.
        errors: What went wrong with the job as a whole.
        outputs: The lines of both files, where they were asked for.
        status: How far it is.
        created_at: When it was made, in seconds since 1970.
        total_requests: How many requests it has.
        completed_requests: How many of them are done.
        succeeded_requests: How many were answered.
        failed_requests: How many failed.
        started_at: When it began to run, in seconds since 1970.
        completed_at: When it ended, in seconds since 1970.
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
    """List jobs, one page of them.

    Attributes:
        data: The jobs.
        object: `"list"`.
        total: How many there are on all pages.
    """

    data: list[BatchJob | Unknown] = attrs.field(factory=list[BatchJob | Unknown])
    object: str = "list"
    total: int | None = None


@final
@attrs.frozen(kw_only=True)
class DeleteBatchJobResponse(Schema):
    """Confirm that a job was deleted.

    Attributes:
        id: The id of the job.
        object: `"batch"`.
        deleted: Whether it is deleted.
    """

    id: str
    object: str = "batch"
    deleted: bool = True
