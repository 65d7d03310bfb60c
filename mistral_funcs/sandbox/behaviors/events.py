"""Events of executions: each execution started and completed."""

from collections.abc import Iterable, Mapping
from typing import Any

from mistral_core import Response
from mistral_funcs.events.get_stream_events import events_get_stream_events
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.state import State

EXECUTIONS = "/v1/workflows/executions"


@responds_to(events_get_stream_events)
def stream_events(state: State, arguments: Mapping[str, Any]) -> Response:
    """Stream the events of the executions that match, the oldest first."""
    wanted = [arguments.get(name) for name in ("root_workflow_exec_id", "workflow_exec_id")]
    members = [*state.members.by_shape.get(EXECUTIONS, {}).values()]
    first = arguments.get("start_seq") or 0
    events = [
        (number, each)
        for place, member in enumerate(members)
        if all(one in (None, "*", member["execution_id"]) for one in wanted)
        for number, each in enumerate(_events(member), start=2 * place)
        if number >= first
    ]
    return event_response([event_of(_sent(number, each)) for number, each in events])


def _events(member: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Return the events of an execution, which has ended unless a verb changed its status."""
    identifier, name = member["execution_id"], member.get("workflow_name")
    task = {"task_id": identifier}
    payload = {"type": "json", "value": member.get("input")}
    result = {"type": "json", "value": member.get("result")}
    attributes = {"COMPLETED": {**task, "result": result}, "CANCELED": task}
    about = {"workflow_exec_id": identifier, "root_workflow_exec_id": identifier}
    started = {**task, "workflow_name": name, "input": payload}
    yield {
        **about,
        "event_id": f"{identifier}-0",
        "event_type": "WORKFLOW_EXECUTION_STARTED",
        "workflow_name": name,
        "attributes": started,
    }
    status = str(member["status"])
    if status in attributes:
        yield {
            **about,
            "event_id": f"{identifier}-1",
            "event_type": f"WORKFLOW_EXECUTION_{status}",
            "workflow_name": name,
            "attributes": attributes[status],
        }


def _sent(number: int, event: Mapping[str, Any]) -> dict[str, Any]:
    names = ("workflow_name", "workflow_exec_id", "root_workflow_exec_id")
    context = {"namespace": "default", **{name: event[name] for name in names}}
    return {
        "stream": str(event["workflow_exec_id"]),
        "broker_sequence": number,
        "workflow_context": context,
        "data": event,
    }
