"""List and stream the events of executions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mistral_core import Response
from mistral_core.structuring.converter import converter
from mistral_funcs.sandbox.event_streams import event_of, event_response
from mistral_funcs.sandbox.job_clock import advance_reported
from mistral_funcs.sandbox.paging import page_of
from mistral_funcs.sandbox.registry import responds_to
from mistral_funcs.sandbox.request_arguments import invalid
from mistral_funcs.sandbox.routing import Incoming
from mistral_funcs.sandbox.state import State
from mistral_funcs.sandbox.stored_executions import StoredExecution
from mistral_funcs.schemas.workflows.events import ListWorkflowEventResponse, StreamEventSsePayload
from mistral_funcs.workflows.events.get_stream_events import workflows_events_get_stream_events
from mistral_funcs.workflows.events.get_workflow_events import workflows_events_get_workflow_events

Events = list[StreamEventSsePayload]

ANY = (None, "*")
IN_CONTEXT = ("workflow_exec_id", "root_workflow_exec_id", "workflow_name")
MOST_EVENTS = 1000


@responds_to(workflows_events_get_workflow_events)
def list_events(state: State, arguments: Mapping[str, Any]) -> ListWorkflowEventResponse:
    """List the matching events, oldest first."""
    executions = [*state.executions.values()]
    run = arguments.get("workflow_run_id")
    events = [
        each.data
        for each in _events(executions, arguments)
        if run in (None, getattr(each.data, "workflow_run_id", None))
    ]
    if (arguments.get("limit") or 1) > MOST_EVENTS:
        invalid("limit", f"Input should be at most {MOST_EVENTS}", place="query")
    page, described = page_of(events, arguments)
    return ListWorkflowEventResponse(events=page, next_cursor=described.get("next_cursor"))


@responds_to(workflows_events_get_stream_events)
def stream_events(state: State, arguments: Mapping[str, Any], request: Incoming) -> Response:
    """Stream the matching events, oldest first."""
    return stream_of(state, None, request, arguments)


def stream_of(
    state: State,
    executions: Sequence[StoredExecution] | None,
    request: Incoming,
    arguments: Mapping[str, Any],
) -> Response:
    """Stream the events of the given executions, or of all matching ones.

    If `progress` is `"looks"`, the streamed executions advance until they have ended.
    """
    after = request.headers.get("last-event-id") or request.query.get("last_event_id") or ""
    first = int(after) + 1 if after.isdecimal() else arguments.get("start_seq") or 0

    def sources() -> Sequence[StoredExecution]:
        return [*state.executions.values()] if executions is None else executions

    return event_response(_sent(state, sources, first, arguments))


def history_of(events: Events) -> dict[str, Any]:
    """Return events as a history."""
    numbered = enumerate((converter.unstructure(each.data) for each in events), start=1)
    return {"events": [{**each, "event_id": number} for number, each in numbered]}


def _sent(
    state: State,
    sources: Callable[[], Sequence[StoredExecution]],
    first: int,
    arguments: Mapping[str, Any],
) -> Iterator[bytes]:
    """Yield the events from a number on, including those of steps taken meanwhile."""
    following = first
    while True:
        reported = state.sequence
        executions = [each for each in sources() if _matches(each, arguments)]
        for each in _events(executions, arguments):
            if each.broker_sequence >= following:
                yield f"id: {each.broker_sequence}\n".encode() + event_of(each)
        following = max(following, reported)
        advance_reported(state, [each for each in executions if each.is_running])
        if reported == state.sequence:
            return


def _events(executions: Sequence[StoredExecution], arguments: Mapping[str, Any]) -> Events:
    """Return the events of executions that match."""
    kinds = arguments.get("workflow_event_types")
    return sorted(
        (
            event
            for each in executions
            if _matches(each, arguments)
            for event in each.events
            if not kinds or getattr(event.data, "event_type", None) in kinds
        ),
        key=lambda event: event.broker_sequence,
    )


def _matches(execution: StoredExecution, arguments: Mapping[str, Any]) -> bool:
    """Return whether an execution has the IDs and the name of a filter."""
    context = execution.events[0].workflow_context
    return all(arguments.get(name) in (*ANY, getattr(context, name)) for name in IN_CONTEXT)
