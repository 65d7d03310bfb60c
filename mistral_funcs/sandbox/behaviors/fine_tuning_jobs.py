"""Fine-tuning jobs.

A job goes from QUEUED through VALIDATING, VALIDATED and RUNNING to SUCCESS, one step for each
response that reports it or each call of `advance`. It waits in VALIDATED for a start, unless it
has `auto_start`.
"""

from collections.abc import Callable, Mapping
from math import inf
from typing import Any

from mistral_core import Unknown
from mistral_funcs.fine_tuning.jobs.cancel import fine_tuning_jobs_cancel
from mistral_funcs.fine_tuning.jobs.create import fine_tuning_jobs_create
from mistral_funcs.fine_tuning.jobs.get import fine_tuning_jobs_get
from mistral_funcs.fine_tuning.jobs.list import fine_tuning_jobs_list
from mistral_funcs.fine_tuning.jobs.start import fine_tuning_jobs_start
from mistral_funcs.sandbox.behaviors.fine_tuning_orders import (
    copied,
    estimate,
    make_job,
    read_order,
)
from mistral_funcs.sandbox.behaviors.fine_tuning_steps import set_status
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.job_clock import advance_reported
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import timestamp
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored import TuningJob
from mistral_funcs.schemas.fine_tuning.jobs import (
    ClassifierDetailedJobOut,
    ClassifierJobOut,
    CompletionJobOut,
    CreatedJobOut,
    DetailedJobOut,
    JobOut,
    JobsOut,
)

ENDS = {"FAILED_VALIDATION", "FAILED", "SUCCESS", "CANCELLED"}


@responds_to(fine_tuning_jobs_list)
def list_jobs(state: State, arguments: Mapping[str, Any]) -> JobsOut:
    """List the jobs that match all filters, newest first."""
    matching = [*filter(_filter(arguments), reversed(_jobs(state).values()))]
    page, _ = page_of(matching, arguments)
    response = JobsOut(data=[*map(_summary, page)], total=len(matching))
    advance_reported(state, page)
    return response


@responds_to(fine_tuning_jobs_create)
def create_job(state: State, request: Incoming, *, dry_run: bool = False) -> CreatedJobOut:
    """Create a job, or with `dry_run` estimate its cost."""
    jobs = _jobs(state)
    order, base = read_order(state, request)
    if dry_run:
        return estimate(state, order)
    job = make_job(state, order, base)
    keep(jobs, job.details.id, job)
    set_status(state, job, "QUEUED")
    return _summary(job)


@responds_to(fine_tuning_jobs_get)
def get_job(state: State, job_id: str) -> DetailedJobOut:
    """Return a job."""
    job = _find(state, job_id)
    details = job.details
    advance_reported(state, [job])
    return details


@responds_to(fine_tuning_jobs_cancel)
def cancel_job(state: State, job_id: str) -> DetailedJobOut:
    """Request the cancellation of a job. Its next step ends it."""
    job = _find(state, job_id)
    if job.details.status in ENDS:
        refuse(400, f"The job is {job.details.status}, and cannot be cancelled.")
    if job.details.status != "CANCELLATION_REQUESTED":
        set_status(state, job, "CANCELLATION_REQUESTED")
    return job.details


@responds_to(fine_tuning_jobs_start)
def start_job(state: State, job_id: str) -> DetailedJobOut:
    """Start a validated job. Its next step runs it."""
    job = _find(state, job_id)
    if job.details.status != "VALIDATED":
        refuse(400, f"The job is {job.details.status}, and cannot be started.")
    set_status(state, job, "STARTED")
    return job.details


def _jobs(state: State) -> dict[str, TuningJob]:
    if state.fine_tuning_retired:
        refuse(410, "The fine-tuning jobs API is retired.", "gone")
    return state.jobs


def _find(state: State, job_id: str) -> TuningJob:
    job = _jobs(state).get(job_id)
    if job is None:
        refuse(404, "No fine tuning job matches the given query.", "not_found")
    return job


def _summary(job: TuningJob) -> JobOut:
    """Return a job for a list, without its events and checkpoints."""
    if isinstance(job.details, ClassifierDetailedJobOut):
        return copied(job.details, ClassifierJobOut)
    return copied(job.details, CompletionJobOut)


def _filter(arguments: Mapping[str, Any]) -> Callable[[TuningJob], bool]:
    """Return a function that returns whether a list contains a job."""
    after = timestamp(arguments.get("created_after"), -inf)
    before = timestamp(arguments.get("created_before"), inf)

    def matches(job: TuningJob) -> bool:
        details = job.details
        integrations = [
            each for each in details.integrations or () if not isinstance(each, Unknown)
        ]
        values: dict[str, set[str | None]] = {
            "model": {details.model},
            "status": {details.status},
            "suffix": {details.suffix},
            "wandb_project": {each.project for each in integrations},
            "wandb_name": {name for each in integrations for name in (each.name, each.run_name)},
        }
        return (
            all(arguments[name] in values[name] for name in values.keys() & arguments.keys())
            and after <= (details.created_at or 0) < before
            and (job.created_by_me or not arguments.get("created_by_me"))
        )

    return matches
