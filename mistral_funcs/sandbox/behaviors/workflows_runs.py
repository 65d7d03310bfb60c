"""Runs of workflows. Each execution has one run, and one more for each reset."""

from collections.abc import Mapping
from typing import Any

from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.behaviors.workflows import as_response
from mistral_funcs.sandbox.behaviors.workflows_events import history_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.job_clock import advance_reported
from mistral_funcs.sandbox.members import Member
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_executions import StoredExecution
from mistral_funcs.schemas.workflows.executions import (
    WorkflowExecutionListResponse,
    WorkflowExecutionResponse,
    WorkflowExecutionWithoutResultResponse,
)
from mistral_funcs.workflows.runs.get_run import workflows_runs_get_run
from mistral_funcs.workflows.runs.get_run_history import workflows_runs_get_run_history
from mistral_funcs.workflows.runs.list_runs import workflows_runs_list_runs

EQUAL = ("root_execution_id", "deployment_name", "user_id")
"""The filters that are fields of a run."""


@responds_to(workflows_runs_list_runs)
def list_runs(
    state: State, arguments: Mapping[str, Any], order: str = "desc"
) -> WorkflowExecutionListResponse:
    """List the matching runs, newest first unless `order` differs."""
    matching = [
        (execution, run)
        for execution in state.executions.values()
        for run in execution.runs
        if _matches(run, arguments)
    ]
    if order == "desc":
        matching.reverse()
    page, described = page_of(matching, arguments)
    response = WorkflowExecutionListResponse(
        executions=[
            converter.structure(
                {name: value for name, value in run.items() if name != "result"},
                WorkflowExecutionWithoutResultResponse,
            )
            for _, run in page
        ],
        next_page_token=described.get("next_page_token"),
    )
    advance_reported(state, [execution for execution, run in page if run is execution.about])
    return response


@responds_to(workflows_runs_get_run)
def get_run(state: State, run_id: str) -> WorkflowExecutionResponse:
    """Return a run."""
    execution, run = _find(state, run_id)
    about = as_response(run)
    advance_reported(state, [execution] if run is execution.about else [])
    return about


@responds_to(workflows_runs_get_run_history)
def get_run_history(state: State, run_id: str) -> dict[str, Any]:
    """Return the events of a run, with their numbers from 1."""
    events = _find(state, run_id)[0].events
    return history_of(
        [each for each in events if getattr(each.data, "workflow_run_id", "") == run_id]
    )


def _find(state: State, run_id: str) -> tuple[StoredExecution, Member]:
    pairs = [(each, run) for each in state.executions.values() for run in each.runs]
    matching = [pair for pair in pairs if pair[1]["run_id"] == run_id]
    if not matching:
        refuse(404, f"No run matches {run_id!r}.", "not_found")
    return matching[0]


def _matches(run: Member, arguments: Mapping[str, Any]) -> bool:
    identifiers = run["workflow_id"], run["workflow_name"]
    status = arguments.get("status")
    search = (arguments.get("search") or "").casefold()
    return (
        arguments.get("workflow_identifier") in (None, *identifiers)
        and all(arguments.get(name) in (None, run.get(name)) for name in EQUAL)
        and (not status or run["status"] in ([status] if isinstance(status, str) else status))
        and any(search in each.casefold() for each in identifiers)
    )
