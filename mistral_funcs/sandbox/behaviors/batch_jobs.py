"""The batch jobs of the sandbox, and its responses for them.

A job goes from QUEUED through RUNNING to SUCCESS, one step for each look at it or each call of
`advance`. In RUNNING it processes its requests, as if each had been sent on its own.
"""

import json
from collections.abc import Callable, Sequence
from math import inf
from typing import Any, NoReturn, final

import attrs

from mistral_core import Schema
from mistral_funcs.batch.jobs.cancel import batch_jobs_cancel
from mistral_funcs.batch.jobs.create import batch_jobs_create
from mistral_funcs.batch.jobs.delete import batch_jobs_delete
from mistral_funcs.batch.jobs.get import batch_jobs_get
from mistral_funcs.batch.jobs.list import batch_jobs_list
from mistral_funcs.sandbox.behaviors.batch_steps import ENDPOINTS, repeated
from mistral_funcs.sandbox.behaviors.files import find_file, lines_of
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.job_clock import look_at
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import page_of, read_as, read_flag, read_moment
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import BatchWork, State, keep
from mistral_funcs.schemas.batch.jobs import (
    BatchJob,
    DeleteBatchJobResponse,
    ListBatchJobsResponse,
)

MOST_INLINE = 10_000
MOST_IN_A_FILE = 1_000_000
LONGEST_KEY, LONGEST_VALUE = 32, 512
CHAT = "/v1/chat/completions"

PARAMETERS = {
    "page",
    "page_size",
    "model",
    "agent_id",
    "created_after",
    "created_by_me",
    "status",
    "order_by",
}
"""The parameters of a list; all others are metadata to look for."""


@final
@attrs.frozen(kw_only=True)
class InlineRequest(Schema):
    """Hold a request.

    Attributes:
        custom_id: The caller's id of it.
        body: What is sent.
    """

    custom_id: str | None = None
    body: dict[str, Any]


@final
@attrs.frozen(kw_only=True)
class BatchIn(Schema):
    """Hold the body of a request for a job.

    Attributes:
        endpoint: The endpoint that its requests are for.
        input_files: The ids of the files with the requests.
        requests: The requests themselves.
        model: The model that answers them.
        agent_id: The agent that answers them.
        metadata: What is kept with it.
        timeout_hours: How long it may take; no time passes here.
    """

    endpoint: str
    input_files: list[str] | None = None
    requests: list[InlineRequest] | None = None
    model: str | None = None
    agent_id: str | None = None
    metadata: dict[str, str] | None = None
    timeout_hours: int = attrs.field(
        default=24, validator=[attrs.validators.ge(1), attrs.validators.le(168)]
    )


@responds_to(batch_jobs_list)
def list_jobs(state: State, request: Incoming) -> ListBatchJobsResponse:
    """Answer for `batch_jobs_list`, with its filters; the newest is the first."""
    order = request.query.get("order_by", "-created")
    if order not in ("created", "-created"):
        message = "Input should be 'created' or '-created'"
        refuse_body("literal_error", ["query", "order_by"], message, order)
    found = [*filter(_filter(request), state.batch_jobs.values())]
    if order == "-created":
        found.reverse()
    page = page_of(request, found)
    response = ListBatchJobsResponse(data=[work.details for work in page], total=len(found))
    look_at(state, page)
    return response


@responds_to(batch_jobs_create)
def create_job(state: State, request: Incoming) -> BatchJob:
    """Answer for `batch_jobs_create`."""
    order = read_as(request, BatchIn)
    _check(state, order)
    lines = _inline(order.requests) if order.requests else []
    total = len(lines)
    for file_id in order.input_files or ():
        in_file = sum(1 for _ in lines_of(find_file(state, file_id).content))
        if in_file > MOST_IN_A_FILE:
            refuse(400, f"File {file_id} has more than {MOST_IN_A_FILE} requests.")
        total += in_file
    details = BatchJob(
        id=state.new_id(),
        input_files=order.input_files or [],
        metadata=order.metadata,
        endpoint=order.endpoint,
        model=order.model,
        agent_id=order.agent_id,
        status="QUEUED",
        created_at=state.tick(),
        total_requests=total,
        completed_requests=0,
        succeeded_requests=0,
        failed_requests=0,
    )
    keep(state.batch_jobs, details.id, BatchWork(details, lines))
    return details


@responds_to(batch_jobs_get)
def get_job(state: State, request: Incoming) -> BatchJob:
    """Answer for `batch_jobs_get`."""
    work = _find(state, request)
    details = work.details
    inline = read_flag(request, "inline", default=False)
    look_at(state, [work])
    if not inline or details.completed_at is None:
        return details
    file_ids = (details.output_file, details.error_file)
    stored = [state.files[each] for each in file_ids if each in state.files]
    outputs = [json.loads(line) for file in stored for line in lines_of(file.content)]
    return attrs.evolve(details, outputs=outputs)


@responds_to(batch_jobs_cancel)
def cancel_job(state: State, request: Incoming) -> BatchJob:
    """Answer for `batch_jobs_cancel`: the next step ends the job."""
    work = _find(state, request)
    if work.details.completed_at is not None:
        refuse(400, f"The job is {work.details.status}, and cannot be cancelled.")
    work.details = attrs.evolve(work.details, status="CANCELLATION_REQUESTED")
    return work.details


@responds_to(batch_jobs_delete)
def delete_job(state: State, request: Incoming) -> DeleteBatchJobResponse:
    """Answer for `batch_jobs_delete`: the job goes, however far it is, and its files stay."""
    job_id = _find(state, request).details.id
    del state.batch_jobs[job_id]
    return DeleteBatchJobResponse(id=job_id)


def _find(state: State, request: Incoming) -> BatchWork:
    work = state.batch_jobs.get(request.path["job_id"])
    if work is None:
        refuse(404, "No batch job matches the given query.", "not_found")
    return work


def _check(state: State, order: BatchIn) -> None:
    if order.endpoint not in ENDPOINTS:
        _refuse("endpoint", f"The sandbox has no batches for it, but for {sorted(ENDPOINTS)}")
    if bool(order.input_files) == bool(order.requests):
        _refuse("requests", "Either input files or requests are required, and not both")
    if len(order.requests or ()) > MOST_INLINE:
        _refuse("requests", f"List should have at most {MOST_INLINE} items")
    for name, text in (order.metadata or {}).items():
        if not (0 < len(name) <= LONGEST_KEY and 0 < len(text) <= LONGEST_VALUE):
            _refuse("metadata", f"{name!r} is empty or too long, or what it says is")
    if order.model is not None:
        choose_model(state, order.model, lambda _: True)
    if order.agent_id is not None:
        if order.endpoint != CHAT:
            _refuse("agent_id", f"An agent answers {CHAT} alone")
        if order.agent_id not in state.agents:
            refuse(404, f"No agent matches {order.agent_id!r}.", "not_found")


def _inline(requests: Sequence[InlineRequest]) -> list[bytes]:
    """Return requests as the lines of a file would have them, the first one last."""
    if twice := repeated([each.custom_id for each in requests]):
        _refuse("requests", f"The custom id {twice!r} is there twice")
    return [
        json.dumps({"custom_id": each.custom_id, "body": each.body}).encode()
        for each in reversed(requests)
    ]


def _refuse(field: str, message: str) -> NoReturn:
    refuse_body("value_error", ["body", field], f"Value error, {message}.", {})


def _filter(request: Incoming) -> Callable[[BatchWork], bool]:
    """Return what tells the jobs that a list is to have."""
    query = request.query
    after = read_moment(request, "created_after", -inf)
    mine_alone = read_flag(request, "created_by_me", default=False)
    statuses = request.query_lists.get("status")
    metadata = {name: text for name, text in query.items() if name not in PARAMETERS}

    def is_asked_for(work: BatchWork) -> bool:
        details = work.details
        kept = details.metadata or {}
        return (
            query.get("model", details.model) == details.model
            and query.get("agent_id", details.agent_id) == details.agent_id
            and (statuses is None or details.status in statuses)
            and all(kept.get(name) == text for name, text in metadata.items())
            and (details.created_at or 0) >= after
            and (work.created_by_me or not mine_alone)
        )

    return is_asked_for
