"""Workflow streams end with the body, fail with a reason, and can be resumed."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    EventStream,
    Failure,
    MistralCore,
    Ok,
    ResponseValidationError,
    Result,
    SDKError,
    Unknown,
)
from mistral_core.testing import ScriptedTransport, stream_response
from mistral_funcs import (
    events_get_stream_events,
    workflows_deployments_stream_deployment_logs,
    workflows_events_get_stream_events,
    workflows_executions_stream,
    workflows_executions_stream_workflow_execution_logs,
)
from mistral_funcs.schemas import (
    DeploymentLogRecord,
    StreamEventSsePayload,
    WorkflowExecutionCompletedResponse,
)
from tests.faults.fault_server import chunked, misbehaving, says

Opened: TypeAlias = Awaitable[Result[EventStream[Any], Failure]]

OPERATIONS: list[Callable[[MistralCore], Opened]] = [
    workflows_events_get_stream_events,
    events_get_stream_events,
    lambda client: workflows_executions_stream(client, "e"),
    lambda client: workflows_executions_stream_workflow_execution_logs(client, "e"),
    lambda client: workflows_deployments_stream_deployment_logs(client, "d"),
]
"""All streams of workflows."""

COMPLETED: dict[str, Any] = {
    "stream": "s",
    "broker_sequence": 7,
    "workflow_context": {"namespace": "n", "workflow_name": "w", "workflow_exec_id": "e"},
    "data": {
        "event_id": "v",
        "event_type": "WORKFLOW_EXECUTION_COMPLETED",
        "attributes": {"task_id": "t", "result": {"type": "json", "value": {"sum": 3}}},
    },
}
LOG: dict[str, Any] = {"body": "Started", "severity_text": "INFO", "log_attributes": {}}


def event(value: object, *, name: str = "", number: int = 0) -> bytes:
    """Return a server-sent event."""
    lines = [f"event: {name}"] * bool(name) + [f"id: {number}"] * bool(number)
    return "\n".join([*lines, f"data: {json.dumps(value)}", "", ""]).encode()


async def read(opened: Opened) -> list[Result[Any, Failure]]:
    """Read a stream to its end."""
    async with (await opened).unwrap() as events:
        return [each async for each in events]


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_stream_ends_with_its_body(operation: Callable[[MistralCore], Opened]) -> None:
    """There is no other end marker, and the last event needs no blank line."""
    body = chunked(
        event({**COMPLETED, **LOG}) + event({**COMPLETED, **LOG}).rstrip(b"\n"),
        headers=("Content-Type: text/event-stream",),
    ).replace(b"Content-Type: application/json\r\n", b"")
    async with misbehaving(says(body)) as (url, _), MistralCore("key", server_url=url) as client:
        items = await read(operation(client))
    assert [type(each) for each in items] == [Ok, Ok]


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_broken_connection_is_an_err(
    operation: Callable[[MistralCore], Opened],
) -> None:
    """The last item says that the stream is incomplete."""
    body = chunked(
        event({**COMPLETED, **LOG}), end=b"", headers=("Content-Type: text/event-stream",)
    ).replace(b"Content-Type: application/json\r\n", b"")
    async with misbehaving(says(body)) as (url, _), MistralCore("key", server_url=url) as client:
        *_, last = await read(operation(client))
    assert isinstance(last, Err)
    assert isinstance(last.error, APIConnectionError)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("operation", OPERATIONS)
async def test_error_event_ends_the_stream_with_its_reason(
    operation: Callable[[MistralCore], Opened], *, named: bool
) -> None:
    """The events before it are received, later ones are not."""
    error = {"error": "the broker went away", "reason": "read_error"}
    value = {**COMPLETED, **LOG}
    response = stream_response(
        event(value), event(error, name="error" if named else ""), event(value)
    )
    first, last = await read(operation(MistralCore("key", transport=ScriptedTransport(response))))
    assert isinstance(first, Ok)
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    assert (last.error.message, last.error.type) == ("the broker went away", "read_error")


async def test_error_event_with_several_lines_keeps_its_reason() -> None:
    """A line feed within a string is a separate line of data."""
    sent = b'event: error\ndata: {"error": "lost\ndata: it", "reason": "stream_error"}\n\n'
    client = MistralCore("key", transport=ScriptedTransport(stream_response(sent)))
    (last,) = await read(workflows_executions_stream(client, "e"))
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    assert (last.error.message, last.error.type) == ("lost it", "stream_error")


@pytest.mark.parametrize("rest", [b"data: {", b"data: \xff"])
async def test_truncated_event_is_an_err(rest: bytes) -> None:
    """Although the end of the body ends the stream."""
    response = stream_response(event(COMPLETED), rest)
    client = MistralCore("key", transport=ScriptedTransport(response))
    first, last = await read(workflows_executions_stream(client, "e"))
    assert isinstance(first, Ok)
    assert isinstance(last, Err)
    assert isinstance(last.error, ResponseValidationError)


async def test_event_has_the_class_of_its_type() -> None:
    """Whatever its name on the wire. An unknown type is `Unknown`."""
    newer = {**COMPLETED, "data": {"event_type": "WORKFLOW_EXECUTION_DREAMT", "event_id": "v"}}
    response = stream_response(event(COMPLETED, name="workflow.event"), event(newer))
    client = MistralCore("key", transport=ScriptedTransport(response))
    first, second = [each.unwrap() for each in await read(workflows_executions_stream(client, "e"))]
    assert isinstance(first, StreamEventSsePayload)
    assert isinstance(first.data, WorkflowExecutionCompletedResponse)
    assert first.data.attributes.result.value == {"sum": 3}
    assert isinstance(second.data, Unknown)


async def test_stream_of_logs_is_resumed_after_its_last_event() -> None:
    """The stream keeps the last ID, even if later events have none."""
    transport = ScriptedTransport(
        stream_response(event(LOG, number=3), event(LOG)), stream_response(event(LOG, number=9))
    )
    client = MistralCore("key", transport=transport)
    stream = (await workflows_deployments_stream_deployment_logs(client, "d")).unwrap()
    assert stream.last_event_id == ""
    async with stream as events:
        records = [each.unwrap() async for each in events]
    assert [type(each) for each in records] == [DeploymentLogRecord] * 2
    assert stream.last_event_id == "3"
    last = stream.last_event_id
    await read(workflows_deployments_stream_deployment_logs(client, "d", last_event_id=last))
    assert transport.requests[1].url.endswith(
        "/v1/workflows/deployments/d/logs/stream?last_event_id=3"
    )


@pytest.mark.parametrize(
    "operation", [workflows_events_get_stream_events, events_get_stream_events]
)
async def test_stream_of_events_is_resumed_by_a_header_or_a_number(operation: Any) -> None:
    """The header is sent only if it is passed. Metadata filters are separate parameters."""
    transport = ScriptedTransport(stream_response(), stream_response())
    client = MistralCore("key", transport=transport)
    await operation(client, last_event_id="7", start_seq=8, metadata_filters={"team": "a b"})
    await operation(client)
    first, second = transport.requests
    assert first.headers["last-event-id"] == "7"
    assert first.url.endswith("/v1/workflows/events/stream?start_seq=8&team=a%20b")
    assert "last-event-id" not in second.headers
    assert second.url.endswith("/v1/workflows/events/stream")
