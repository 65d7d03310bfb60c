"""Executions of workflows: read, stream, stop and reset them, send signals, queries and updates.

The collection rule responds with their traces and logs.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mistral_core import Response
from mistral_funcs.sandbox.behaviors.execution_steps import begin, end
from mistral_funcs.sandbox.behaviors.workflows import as_response
from mistral_funcs.sandbox.behaviors.workflows_events import history_of, stream_of
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.job_clock import advance_reported
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_executions import RUNNING, StoredExecution
from mistral_funcs.schemas.workflows.executions import (
    BatchExecutionResponse,
    BatchExecutionResult,
    QueryWorkflowResponse,
    SignalWorkflowResponse,
    UpdateWorkflowResponse,
    WorkflowExecutionResponse,
)
from mistral_funcs.workflows.executions.batch_cancel_workflow_executions import (
    workflows_executions_batch_cancel_workflow_executions,
)
from mistral_funcs.workflows.executions.batch_terminate_workflow_executions import (
    workflows_executions_batch_terminate_workflow_executions,
)
from mistral_funcs.workflows.executions.cancel_workflow_execution import (
    workflows_executions_cancel_workflow_execution,
)
from mistral_funcs.workflows.executions.get_workflow_execution import (
    workflows_executions_get_workflow_execution,
)
from mistral_funcs.workflows.executions.get_workflow_execution_history import (
    workflows_executions_get_workflow_execution_history,
)
from mistral_funcs.workflows.executions.query_workflow_execution import (
    workflows_executions_query_workflow_execution,
)
from mistral_funcs.workflows.executions.reset_workflow import workflows_executions_reset_workflow
from mistral_funcs.workflows.executions.signal_workflow_execution import (
    workflows_executions_signal_workflow_execution,
)
from mistral_funcs.workflows.executions.stream import workflows_executions_stream
from mistral_funcs.workflows.executions.terminate_workflow_execution import (
    workflows_executions_terminate_workflow_execution,
)
from mistral_funcs.workflows.executions.update_workflow_execution import (
    workflows_executions_update_workflow_execution,
)

MOST_IDS = 100


@responds_to(workflows_executions_get_workflow_execution)
def get_execution(state: State, execution_id: str) -> WorkflowExecutionResponse:
    """Return an execution."""
    execution = _find(state, execution_id)
    about = as_response(execution.about)
    advance_reported(state, [execution])
    return about


@responds_to(workflows_executions_get_workflow_execution_history)
def get_history(state: State, execution_id: str) -> dict[str, Any]:
    """Return the events of an execution, with their numbers from 1."""
    return history_of(_find(state, execution_id).events)


@responds_to(workflows_executions_stream)
def stream_execution(state: State, execution_id: str, request: Incoming) -> Response:
    """Stream the events of an execution."""
    return stream_of(state, [_find(state, execution_id)], request, {})


@responds_to(workflows_executions_cancel_workflow_execution)
def cancel_execution(state: State, execution_id: str) -> None:
    """Cancel an execution that is running."""
    _find_running(state, execution_id)
    _cancel(state, execution_id)


@responds_to(workflows_executions_terminate_workflow_execution)
def terminate_execution(state: State, execution_id: str) -> None:
    """Terminate an execution that is running, without an event."""
    _find_running(state, execution_id)
    _terminate(state, execution_id)


@responds_to(workflows_executions_batch_cancel_workflow_executions)
def cancel_executions(state: State, execution_ids: Sequence[str]) -> BatchExecutionResponse:
    """Cancel several executions."""
    return _stop_all(state, execution_ids, _cancel)


@responds_to(workflows_executions_batch_terminate_workflow_executions)
def terminate_executions(state: State, execution_ids: Sequence[str]) -> BatchExecutionResponse:
    """Terminate several executions."""
    return _stop_all(state, execution_ids, _terminate)


@responds_to(workflows_executions_reset_workflow)
def reset_execution(state: State, execution_id: str, event_id: int) -> None:
    """Begin a new run of an execution. The event is only checked."""
    execution = _find(state, execution_id)
    if not 1 <= event_id <= len(execution.events):
        refuse(400, f"Execution {execution_id!r} has no event {event_id}.")
    if execution.is_running:
        end(state, execution, "TERMINATED", {})
    execution.earlier.append({**execution.about})
    for name in ("end_time", "result"):
        execution.about.pop(name, None)
    execution.about.update(status=RUNNING, run_id=state.new_id())
    begin(state, execution)


@responds_to(workflows_executions_signal_workflow_execution)
def send_signal(
    state: State, execution_id: str, name: str, arguments: Mapping[str, Any]
) -> SignalWorkflowResponse:
    """Store the input of a signal for queries with the same name."""
    _find_running(state, execution_id).sent[name] = arguments.get("input")
    return SignalWorkflowResponse()


@responds_to(workflows_executions_update_workflow_execution)
def send_update(
    state: State, execution_id: str, name: str, arguments: Mapping[str, Any]
) -> UpdateWorkflowResponse:
    """Store the input of an update for queries with the same name, and return it."""
    sent = arguments.get("input")
    _find_running(state, execution_id).sent[name] = sent
    return UpdateWorkflowResponse(update_name=name, result=sent)


@responds_to(workflows_executions_query_workflow_execution)
def query_execution(state: State, execution_id: str, name: str) -> QueryWorkflowResponse:
    """Return the input of the last signal or update with this name."""
    sent = _find(state, execution_id).sent.get(name)
    return QueryWorkflowResponse(query_name=name, result=sent)


def _cancel(state: State, execution_id: str) -> None:
    end(state, state.executions[execution_id], "CANCELED", {"reason": "Canceled by the user"})


def _terminate(state: State, execution_id: str) -> None:
    end(state, state.executions[execution_id], "TERMINATED", {})


def _find(state: State, execution_id: str) -> StoredExecution:
    if execution_id not in state.executions:
        refuse(404, f"No execution matches {execution_id!r}.", "not_found")
    return state.executions[execution_id]


def _find_running(state: State, execution_id: str) -> StoredExecution:
    execution = _find(state, execution_id)
    if not execution.is_running:
        status = execution.about["status"]
        refuse(409, f"Execution {execution_id!r} has status {status}.", "conflict")
    return execution


def _stop_all(
    state: State, execution_ids: Sequence[str], stop: Callable[[State, str], None]
) -> BatchExecutionResponse:
    """Stop the executions that are running, and report the outcome for each."""
    if not 0 < len(execution_ids) <= MOST_IDS:
        invalid("execution_ids", f"List should have 1 to {MOST_IDS} items", [*execution_ids])
    results: dict[str, BatchExecutionResult] = {}
    for each in execution_ids:
        if each in state.executions and state.executions[each].is_running:
            stop(state, each)
            results[each] = BatchExecutionResult(status="success")
        else:
            error = f"No running execution matches {each!r}."
            results[each] = BatchExecutionResult(status="failure", error=error)
    return BatchExecutionResponse(results=results)
