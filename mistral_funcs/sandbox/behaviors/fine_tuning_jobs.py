"""The fine-tuning jobs of the sandbox, and its responses for them.

A job goes from QUEUED through VALIDATING, VALIDATED and RUNNING to SUCCESS, one step for each look
at it or each call of `advance`. It waits in VALIDATED for a start, unless it has `auto_start`.
"""

from collections.abc import Callable
from math import inf

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
from mistral_funcs.sandbox.job_clock import look_at
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import page_of, read_flag, read_moment
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State, TuningJob, keep
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
def list_jobs(state: State, request: Incoming) -> JobsOut:
    """Answer for `fine_tuning_jobs_list`, with its filters; the newest is the first."""
    found = [*filter(_filter(request), reversed(_jobs(state).values()))]
    page = page_of(request, found)
    response = JobsOut(data=[*map(_summary, page)], total=len(found))
    look_at(state, page)
    return response


@responds_to(fine_tuning_jobs_create)
def create_job(state: State, request: Incoming) -> CreatedJobOut:
    """Answer for `fine_tuning_jobs_create`; a dry run leaves all as it is."""
    jobs = _jobs(state)
    order, base = read_order(state, request)
    if read_flag(request, "dry_run", default=False):
        return estimate(state, order)
    job = make_job(state, order, base)
    keep(jobs, job.details.id, job)
    set_status(state, job, "QUEUED")
    return _summary(job)


@responds_to(fine_tuning_jobs_get)
def get_job(state: State, request: Incoming) -> DetailedJobOut:
    """Answer for `fine_tuning_jobs_get`."""
    job = _find(state, request)
    details = job.details
    look_at(state, [job])
    return details


@responds_to(fine_tuning_jobs_cancel)
def cancel_job(state: State, request: Incoming) -> DetailedJobOut:
    """Answer for `fine_tuning_jobs_cancel`: the next step ends the job."""
    job = _find(state, request)
    if job.details.status in ENDS:
        refuse(400, f"The job is {job.details.status}, and cannot be cancelled.")
    if job.details.status != "CANCELLATION_REQUESTED":
        set_status(state, job, "CANCELLATION_REQUESTED")
    return job.details


@responds_to(fine_tuning_jobs_start)
def start_job(state: State, request: Incoming) -> DetailedJobOut:
    """Answer for `fine_tuning_jobs_start`: the next step lets the job run."""
    job = _find(state, request)
    if job.details.status != "VALIDATED":
        refuse(400, f"The job is {job.details.status}, and cannot be started.")
    set_status(state, job, "STARTED")
    return job.details


def _jobs(state: State) -> dict[str, TuningJob]:
    if state.fine_tuning_retired:
        refuse(410, "The fine-tuning jobs API is retired.", "gone")
    return state.jobs


def _find(state: State, request: Incoming) -> TuningJob:
    job = _jobs(state).get(request.path["job_id"])
    if job is None:
        refuse(404, "No fine tuning job matches the given query.", "not_found")
    return job


def _summary(job: TuningJob) -> JobOut:
    """Return a job as a list has it: without its events and checkpoints."""
    if isinstance(job.details, ClassifierDetailedJobOut):
        return copied(job.details, ClassifierJobOut)
    return copied(job.details, CompletionJobOut)


def _filter(request: Incoming) -> Callable[[TuningJob], bool]:
    """Return what tells the jobs that a list is to have."""
    query = request.query
    after = read_moment(request, "created_after", -inf)
    before = read_moment(request, "created_before", inf)
    mine_alone = read_flag(request, "created_by_me", default=False)

    def is_asked_for(job: TuningJob) -> bool:
        details = job.details
        told = [each for each in details.integrations or () if not isinstance(each, Unknown)]
        values: dict[str, set[str | None]] = {
            "model": {details.model},
            "status": {details.status},
            "suffix": {details.suffix},
            "wandb_project": {each.project for each in told},
            "wandb_name": {name for each in told for name in (each.name, each.run_name)},
        }
        return (
            all(query[name] in values[name] for name in values.keys() & query.keys())
            and after <= (details.created_at or 0) < before
            and (job.created_by_me or not mine_alone)
        )

    return is_asked_for
