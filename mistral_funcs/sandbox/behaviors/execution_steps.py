"""The steps of executions and their events: authorize each connector, then end."""

from collections.abc import Mapping
from typing import Any

from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.examples import moment
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_executions import StoredExecution
from mistral_funcs.schemas.workflows.events import StreamEventSsePayload

ACTIVITY = "respond"
"""The one activity of each workflow."""

TIME = str
"""The type of times in executions."""


def begin(state: State, execution: StoredExecution) -> None:
    """Report the beginning of a run."""
    about = execution.about
    payload = _payload(execution.input)
    started = {"task_id": about["run_id"], "workflow_name": about["workflow_name"]}
    _report(state, execution, "WORKFLOW_EXECUTION_STARTED", {**started, "input": payload})
    _report(state, execution, "ACTIVITY_TASK_STARTED", {**_activity(execution), "input": payload})


def step(state: State, execution: StoredExecution) -> None:
    """Advance an execution by one step, unless it has ended."""
    if not execution.is_running:
        return
    if execution.asking is not None:
        _report(state, execution, "CUSTOM_TASK_COMPLETED", _authorization(execution.asking))
        execution.asking = None
    elif execution.connectors:
        execution.asking = execution.connectors.pop(0)
        _report(state, execution, "CUSTOM_TASK_STARTED", _authorization(execution.asking))
    elif execution.failure is not None:
        failure = {"failure": {"message": execution.failure}, "attempt": 1}
        _report(state, execution, "ACTIVITY_TASK_FAILED", {**_activity(execution), **failure})
        end(state, execution, "FAILED", failure)
    else:
        result = {"result": _payload(execution.input)}
        _report(state, execution, "ACTIVITY_TASK_COMPLETED", {**_activity(execution), **result})
        execution.about["result"] = execution.input
        end(state, execution, "COMPLETED", result)


def end(
    state: State, execution: StoredExecution, status: str, attributes: Mapping[str, Any]
) -> None:
    """End an execution with an event, unless it is terminated."""
    about = execution.about
    about.update(status=status, end_time=moment(TIME, state.tick()))
    if status != "TERMINATED":
        task = {"task_id": about["run_id"], **attributes}
        _report(state, execution, f"WORKFLOW_EXECUTION_{status}", task)


def _payload(value: Any) -> dict[str, Any]:
    """Return a value as the payload of an event, encoded or plain."""
    if value.__class__ is dict and "b64payload" in value:
        options = value.get("encoding_options")
        return {"type": "json", "value": value["b64payload"], "encoding_options": options}
    return {"type": "json", "value": value}


def _activity(execution: StoredExecution) -> dict[str, Any]:
    return {"task_id": f"{execution.about['run_id']}-1", "activity_name": ACTIVITY}


def _authorization(connector: str) -> dict[str, Any]:
    """Return the attributes of a connector's request for authorization."""
    value = {
        "connector_name": connector,
        "connector_id": connector,
        "auth_url": f"https://auth.sandbox.invalid/{connector}",
        "message": f"Authorize {connector}.",
    }
    return {
        "custom_task_id": f"authorize-{connector}",
        "custom_task_type": "connector_auth",
        "payload": {"type": "json", "value": value},
    }


def _report(
    state: State, execution: StoredExecution, kind: str, attributes: Mapping[str, Any]
) -> None:
    """Add an event to an execution."""
    about, number = execution.about, state.sequence
    state.sequence += 1
    context = {
        "workflow_name": about["workflow_name"],
        "workflow_exec_id": execution.id,
        "root_workflow_exec_id": execution.id,
    }
    now = state.tick()
    data = {
        **context,
        "event_id": str(number),
        "event_type": kind,
        "event_timestamp": now * 10**9,
        "workflow_run_id": about["run_id"],
        "attributes": attributes,
    }
    event = {
        "stream": execution.id,
        "broker_sequence": number,
        "timestamp": moment(TIME, now),
        "workflow_context": {"namespace": "default", **context},
        "data": data,
    }
    execution.events.append(converter.structure(event, StreamEventSsePayload))
