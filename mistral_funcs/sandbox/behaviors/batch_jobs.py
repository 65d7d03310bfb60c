"""Batch jobs.

A job goes from QUEUED through RUNNING to SUCCESS, one step for each response that reports it
or each call of `advance`. In RUNNING it processes its requests as if each had been sent
separately.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any, NoReturn

import attrs

from mistral_funcs.batch.jobs.cancel import batch_jobs_cancel
from mistral_funcs.batch.jobs.create import batch_jobs_create
from mistral_funcs.batch.jobs.delete import batch_jobs_delete
from mistral_funcs.batch.jobs.get import batch_jobs_get
from mistral_funcs.batch.jobs.list import batch_jobs_list
from mistral_funcs.sandbox.behaviors.batch_steps import ENDPOINTS, repeated
from mistral_funcs.sandbox.behaviors.files import find_file, lines_of
from mistral_funcs.sandbox.behaviors.model_choice import choose_model
from mistral_funcs.sandbox.error_responses import refuse, refuse_body
from mistral_funcs.sandbox.job_clock import advance_reported
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import check_range, timestamp
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored import BatchWork
from mistral_funcs.schemas.batch.jobs import (
    BatchJob,
    BatchRequest,
    DeleteBatchJobResponse,
    ListBatchJobsResponse,
)

MOST_INLINE = 10_000
MOST_IN_A_FILE = 1_000_000
LONGEST_KEY, LONGEST_VALUE = 32, 512
LONGEST_TIMEOUT = 168
CHAT = "/v1/chat/completions"


@responds_to(batch_jobs_list)
def list_jobs(
    state: State, arguments: Mapping[str, Any], order_by: str = "-created"
) -> ListBatchJobsResponse:
    """List the jobs that match all filters, newest first unless `order_by` differs."""
    if order_by not in ("created", "-created"):
        message = "Input should be 'created' or '-created'"
        refuse_body("literal_error", ["query", "order_by"], message, order_by)
    matching = [*filter(_filter(arguments), state.batch_jobs.values())]
    if order_by == "-created":
        matching.reverse()
    page, _ = page_of(matching, arguments)
    response = ListBatchJobsResponse(data=[work.details for work in page], total=len(matching))
    advance_reported(state, page)
    return response


@responds_to(batch_jobs_create)
def create_job(
    state: State,
    endpoint: str,
    arguments: Mapping[str, Any],
    requests: Sequence[BatchRequest] = (),
    input_files: Sequence[str] = (),
) -> BatchJob:
    """Create a job."""
    _check(state, endpoint, arguments)
    lines = _inline(requests or ())
    total = len(lines)
    for file_id in input_files or ():
        in_file = sum(1 for _ in lines_of(find_file(state, file_id).content))
        if in_file > MOST_IN_A_FILE:
            refuse(400, f"File {file_id} has more than {MOST_IN_A_FILE} requests.")
        total += in_file
    details = BatchJob(
        id=state.new_id(),
        input_files=[*(input_files or ())],
        metadata=arguments.get("metadata"),
        endpoint=endpoint,
        model=arguments.get("model"),
        agent_id=arguments.get("agent_id"),
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
def get_job(state: State, job_id: str, *, inline: bool = False) -> BatchJob:
    """Return a job, with its results if requested."""
    work = _find(state, job_id)
    details = work.details
    advance_reported(state, [work])
    if not inline or details.completed_at is None:
        return details
    file_ids = (details.output_file, details.error_file)
    stored = [state.files[each] for each in file_ids if each in state.files]
    outputs = [json.loads(line) for file in stored for line in lines_of(file.content)]
    return attrs.evolve(details, outputs=outputs)


@responds_to(batch_jobs_cancel)
def cancel_job(state: State, job_id: str) -> BatchJob:
    """Request the cancellation of a job. Its next step ends it."""
    work = _find(state, job_id)
    if work.details.completed_at is not None:
        refuse(400, f"The job is {work.details.status}, and cannot be cancelled.")
    work.details = attrs.evolve(work.details, status="CANCELLATION_REQUESTED")
    return work.details


@responds_to(batch_jobs_delete)
def delete_job(state: State, job_id: str) -> DeleteBatchJobResponse:
    """Delete a job in any status, but not its files."""
    _find(state, job_id)
    del state.batch_jobs[job_id]
    return DeleteBatchJobResponse(id=job_id)


def _find(state: State, job_id: str) -> BatchWork:
    work = state.batch_jobs.get(job_id)
    if work is None:
        refuse(404, "No batch job matches the given query.", "not_found")
    return work


def _check(state: State, endpoint: str, arguments: Mapping[str, Any]) -> None:
    requests = arguments.get("requests")
    if endpoint not in ENDPOINTS:
        _refuse(
            "endpoint", f"The sandbox supports batches for these endpoints: {sorted(ENDPOINTS)}"
        )
    if bool(arguments.get("input_files")) == bool(requests):
        _refuse("requests", "Either input files or requests are required, and not both")
    if len(requests or ()) > MOST_INLINE:
        _refuse("requests", f"List should have at most {MOST_INLINE} items")
    check_range("timeout_hours", arguments.get("timeout_hours"), 1, LONGEST_TIMEOUT)
    metadata: Mapping[str, str] = arguments.get("metadata") or {}
    for name, text in metadata.items():
        if not (0 < len(name) <= LONGEST_KEY and 0 < len(text) <= LONGEST_VALUE):
            _refuse("metadata", f"{name!r} or its value is empty or too long")
    if arguments.get("model") is not None:
        choose_model(state, arguments["model"], lambda _: True)
    agent_id = arguments.get("agent_id")
    if agent_id is not None:
        if endpoint != CHAT:
            _refuse("agent_id", f"An agent only completes chats, at {CHAT}")
        if agent_id not in state.agents:
            refuse(404, f"No agent matches {agent_id!r}.", "not_found")


def _inline(requests: Sequence[BatchRequest]) -> list[bytes]:
    """Return inline requests as the lines of a file, in reverse order."""
    if twice := repeated([each.custom_id or None for each in requests]):
        _refuse("requests", f"The custom id {twice!r} is repeated")
    return [
        json.dumps({"custom_id": each.custom_id or None, "body": each.body}).encode()
        for each in reversed(requests)
    ]


def _refuse(field: str, message: str) -> NoReturn:
    refuse_body("value_error", ["body", field], f"Value error, {message}.", {})


def _filter(arguments: Mapping[str, Any]) -> Callable[[BatchWork], bool]:
    """Return a function that returns whether a list contains a job."""
    after = timestamp(arguments.get("created_after"), -inf)
    metadata: Mapping[str, str] = arguments.get("metadata") or {}

    def matches(work: BatchWork) -> bool:
        details = work.details
        kept = details.metadata or {}
        return (
            arguments.get("model") in (None, details.model)
            and arguments.get("agent_id") in (None, details.agent_id)
            and details.status in (arguments.get("status") or [details.status])
            and all(kept.get(name) == text for name, text in metadata.items())
            and (details.created_at or 0) >= after
            and (work.created_by_me or not arguments.get("created_by_me"))
        )

    return matches
