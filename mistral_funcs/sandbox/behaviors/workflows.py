"""Execute workflows. Each returns its input.

An execution is RUNNING until its last step. Before that, it requests authorization for each of its
connectors. With the input `{"fail": "reason"}` it fails.
"""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.behaviors.execution_steps import TIME, begin, step
from mistral_funcs.sandbox.collection_rule import Collection, collection_at, find
from mistral_funcs.sandbox.error_responses import refuse
from mistral_funcs.sandbox.examples import moment
from mistral_funcs.sandbox.members import Member, path_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid, read_object
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State, keep
from mistral_funcs.sandbox.stored_executions import RUNNING, StoredExecution
from mistral_funcs.schemas.workflows.executions import (
    WorkflowExecutionResponse,
    WorkflowExecutionSyncResponse,
)
from mistral_funcs.workflows.execute_workflow import workflows_execute_workflow
from mistral_funcs.workflows.execute_workflow_registration import (
    workflows_execute_workflow_registration,
)

SHAPE = "/v1/workflows/executions"
LONGEST_ID = 256


@responds_to(workflows_execute_workflow)
def execute_workflow(
    state: State, workflow_identifier: str, arguments: Mapping[str, Any], request: Incoming
) -> WorkflowExecutionSyncResponse | WorkflowExecutionResponse:
    """Execute a workflow."""
    path = {"workflow_identifier": workflow_identifier}
    workflow = _find(state, "/v1/workflows", path)
    return _execute(state, workflow, _with_encoded_input(arguments, request))


@responds_to(workflows_execute_workflow_registration)
def execute_registration(
    state: State, workflow_registration_id: str, arguments: Mapping[str, Any], request: Incoming
) -> WorkflowExecutionSyncResponse | WorkflowExecutionResponse:
    """Execute the workflow of a registration."""
    path = {"workflow_registration_id": workflow_registration_id}
    registration = _find(state, "/v1/workflows/registrations", path)
    workflow = {**registration, "id": registration.get("workflow_id") or registration["id"]}
    return _execute(state, workflow, _with_encoded_input(arguments, request))


def as_response(about: Member) -> WorkflowExecutionResponse:
    """Return an execution or a run as the API reports it."""
    return converter.structure(about, WorkflowExecutionResponse)


def _find(state: State, shape: str, path: Mapping[str, str]) -> Member:
    collection = cast("Collection", collection_at(shape))
    return find(state, collection, path)


def _execute(
    state: State, workflow: Member, arguments: Mapping[str, Any]
) -> WorkflowExecutionSyncResponse | WorkflowExecutionResponse:
    chosen = arguments.get("execution_id") or state.new_id()
    if len(chosen) > LONGEST_ID:
        invalid("execution_id", f"String should have at most {LONGEST_ID} characters", chosen)
    if chosen in state.executions:
        refuse(409, f"execution_id {chosen!r} is in use.", "conflict")
    execution = _started(state, workflow, chosen, arguments)
    waits = arguments.get("wait_for_result")
    while waits and execution.is_running:
        step(state, execution)
    about = execution.about
    if waits and execution.failure is None:
        names = ("workflow_name", "execution_id", "result")
        return WorkflowExecutionSyncResponse(**{name: about[name] for name in names})
    return as_response(about)


def _started(
    state: State, workflow: Member, execution_id: str, arguments: Mapping[str, Any]
) -> StoredExecution:
    about: Member = {
        "execution_id": execution_id,
        "root_execution_id": execution_id,
        "run_id": state.new_id(),
        "workflow_id": workflow["id"],
        "workflow_name": workflow.get("name") or workflow["id"],
        "deployment_name": arguments.get("deployment_name"),
        "status": RUNNING,
        "start_time": moment(TIME, state.tick()),
    }
    given = arguments.get("input")
    execution = StoredExecution(
        about, given, _failure(given), [*_connectors(arguments.get("extensions"))]
    )
    keep(state.executions, execution_id, execution)
    state.members.put(SHAPE, path_of(f"{SHAPE}/{{}}", [execution_id]), about)
    begin(state, execution)
    return execution


def _with_encoded_input(arguments: Mapping[str, Any], request: Incoming) -> Mapping[str, Any]:
    """Return the arguments, with the encoded input, if any, as the input."""
    encoded = read_object(request).get("encoded_input")
    return arguments if encoded is None else {**arguments, "input": encoded}


def _failure(given: Any) -> str | None:
    """Return the failure message for an input, if it requests one."""
    reason = _at(given, "fail")
    return str(reason) if reason else None


def _connectors(extensions: Any) -> Iterable[str]:
    """Yield the names of the connectors that extensions bind to an execution."""
    bindings = _at(_at(_at(extensions, "mistralai"), "connectors"), "bindings")
    for each in bindings if bindings.__class__ is list else ():
        name = _at(each, "connector_name")
        if not isinstance(name, str):
            invalid("extensions", "A binding of a connector has no `connector_name`", extensions)
        yield name


def _at(value: Any, name: str) -> Any:
    """Return a field of a value if it is an object with that field."""
    return value.get(name) if value.__class__ is dict else None
