"""Executions in the sandbox: they run, request authorization and end, with their events."""

from collections.abc import Sequence
from typing import Any

import pytest

from mistral_core import Err, Failure, MistralCore, Ok, Result, SDKError, operation_of
from mistral_core.structuring.converter import converter
from mistral_funcs import (
    ConnectorAuthorization,
    events_get_stream_events,
    events_get_workflow_events,
    paginate,
    workflows_execute_and_wait,
    workflows_execute_workflow,
    workflows_execute_workflow_registration,
    workflows_executions_batch_terminate_workflow_executions,
    workflows_executions_cancel_workflow_execution,
    workflows_executions_follow,
    workflows_executions_get_workflow_execution,
    workflows_executions_get_workflow_execution_history,
    workflows_executions_get_workflow_execution_trace_info,
    workflows_executions_query_workflow_execution,
    workflows_executions_reset_workflow,
    workflows_executions_signal_workflow_execution,
    workflows_executions_start,
    workflows_executions_stream,
    workflows_executions_terminate_workflow_execution,
    workflows_executions_update_workflow_execution,
    workflows_executions_wait,
    workflows_executions_watch,
    workflows_get_workflow_registrations,
    workflows_runs_get_run,
    workflows_runs_get_run_history,
    workflows_runs_list_runs,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    ActivityTaskFailedResponse,
    StreamEventSsePayload,
    WorkflowExecutionCanceledResponse,
    WorkflowExecutionFailedResponse,
    WorkflowExecutionSyncResponse,
)

STARTED = ["WORKFLOW_EXECUTION_STARTED", "ACTIVITY_TASK_STARTED"]
COMPLETED = ["ACTIVITY_TASK_COMPLETED", "WORKFLOW_EXECUTION_COMPLETED"]


@pytest.fixture
def sandbox() -> Sandbox:
    """Return a sandbox in which nothing progresses by itself."""
    return Sandbox(progress="manual")


@pytest.fixture
def client(sandbox: Sandbox) -> MistralCore:
    """Return a client of the sandbox."""
    return MistralCore(transport=sandbox)


async def started(client: MistralCore, **arguments: Any) -> str:
    """Return the ID of a new execution."""
    execution = await workflows_executions_start(client, "echo", **arguments)
    return execution.unwrap().execution_id


def status_of(result: Result[Any, Failure]) -> int:
    """Return the status of an error."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error.status


async def kinds(client: MistralCore, **arguments: Any) -> list[str]:
    """Return the types of the events in a stream."""
    stream = await events_get_stream_events(client, **arguments)
    async with stream.unwrap() as events:
        return kinds_of([each.unwrap() async for each in events])


def kinds_of(events: Sequence[StreamEventSsePayload]) -> list[str]:
    """Return the types of events."""
    return [getattr(each.data, "event_type", "") for each in events]


async def test_execution_is_waited_for() -> None:
    """It is running at first. The result is its input as the caller's class."""
    client = MistralCore(transport=Sandbox())
    execution = await started(client, input={"total": 3})
    watch = workflows_executions_watch(client, execution, interval=0)
    assert [each.unwrap().status async for each in watch] == ["RUNNING", "COMPLETED"]
    result = await workflows_execute_and_wait(
        client, "echo", dict[str, int], input={"total": 3}, interval=0
    )
    assert result == Ok({"total": 3})


async def test_events_appear_as_the_execution_advances(
    client: MistralCore, sandbox: Sandbox
) -> None:
    """In a list and in a stream, each with a number."""
    execution = await started(client, input=1)
    assert await kinds(client, root_workflow_exec_id=execution) == STARTED
    listed = await events_get_workflow_events(client, workflow_exec_id=execution)
    assert len(listed.unwrap().events) == 2
    sandbox.advance()
    assert await kinds(client, root_workflow_exec_id=execution) == [*STARTED, *COMPLETED]
    assert await kinds(client, start_seq=3) == COMPLETED
    assert await kinds(client, start_seq=99) == []
    assert await kinds(client, last_event_id="3") == COMPLETED[1:]
    assert await kinds(client, workflow_event_types=["ACTIVITY_TASK_STARTED"]) == STARTED[1:]
    assert await kinds(client, workflow_exec_id="nobody") == []
    pages = paginate(events_get_workflow_events, client, limit=3)
    assert len([each.unwrap() async for each in pages]) == 4
    sandbox.advance()
    assert len(await kinds(client, workflow_exec_id="*")) == 4
    too_many = await events_get_workflow_events(client, limit=1001)
    assert too_many.call.status == 422


async def test_stream_advances_its_execution() -> None:
    """While its events are sent. Other executions do not advance."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    first, second = await started(client), await started(client)
    assert await kinds(client, root_workflow_exec_id=second) == [*STARTED, *COMPLETED]
    assert sandbox.state.executions[first].is_running
    stream = (await workflows_executions_stream(client, first, last_event_id="1")).unwrap()
    async with stream as events:
        received = [each.unwrap() async for each in events]
    assert kinds_of(received) == [*STARTED[1:], *COMPLETED]
    assert stream.last_event_id == str(received[-1].broker_sequence)


async def test_connector_asks_for_authorization_before_the_end() -> None:
    """The execution resumes by itself."""
    client = MistralCore(transport=Sandbox())
    asked: list[str | None] = []

    async def visit(authorization: ConnectorAuthorization) -> None:
        asked.append(authorization.auth_url)

    result = await workflows_execute_and_wait(
        client, "echo", int, input=1, connectors=["github", "slack"], on_authorization=visit
    )
    assert result == Ok(1)
    assert asked == [f"https://auth.sandbox.invalid/{each}" for each in ("github", "slack")]


async def test_binding_without_a_connector_is_refused(client: MistralCore) -> None:
    """By the server."""
    extensions: dict[str, Any] = {"mistralai": {"connectors": {"bindings": [{}]}}}
    refused = await workflows_execute_workflow(client, "echo", extensions=extensions)
    assert refused.call.status == 422
    assert "`connector_name`" in str(refused)


async def test_execution_fails_on_demand_of_its_input() -> None:
    """The reason is in its events, and in the error of a wait."""
    client = MistralCore(transport=Sandbox())
    execution = await started(client, input={"fail": "No stock"})
    items = [each.unwrap() async for each in workflows_executions_follow(client, execution)]
    failed = [each.data for each in items[-2:] if isinstance(each, StreamEventSsePayload)]
    for each in failed:
        assert isinstance(each, ActivityTaskFailedResponse | WorkflowExecutionFailedResponse)
        assert each.attributes.failure.message == "No stock"
    result = await workflows_execute_and_wait(
        client, "echo", int, input={"fail": "No stock"}, interval=0
    )
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert result.error.type == "FAILED"
    assert result.error.message.endswith("has status FAILED and no result: No stock")


async def test_server_can_wait_for_the_result(client: MistralCore) -> None:
    """A failed execution is returned with its status."""
    done = await workflows_execute_workflow(client, "echo", input=[1], wait_for_result=True)
    result = done.unwrap()
    assert isinstance(result, WorkflowExecutionSyncResponse)
    assert (result.workflow_name, result.result) == ("echo", [1])
    failed = await workflows_execute_workflow(
        client, "echo", input={"fail": "No"}, wait_for_result=True
    )
    assert getattr(failed.unwrap(), "status", None) == "FAILED"


async def test_id_can_be_chosen_once(client: MistralCore) -> None:
    """It has at most 256 characters."""
    assert await started(client, execution_id="mine") == "mine"
    again = await workflows_executions_start(client, "echo", execution_id="mine")
    assert status_of(again) == 409
    long = await workflows_executions_start(client, "echo", execution_id="m" * 257)
    assert long.call.status == 422


async def test_registration_is_executed(client: MistralCore) -> None:
    """By its ID."""
    (listed,) = (await workflows_get_workflow_registrations(client)).unwrap().data
    identifier = getattr(listed, "id", "")
    execution = await started_registration(client, identifier)
    read = await workflows_executions_get_workflow_execution(client, execution)
    assert read.unwrap().status == "RUNNING"
    missing = await workflows_execute_workflow_registration(client, "nobody")
    assert status_of(missing) == 404


async def started_registration(client: MistralCore, identifier: str) -> str:
    """Return the ID of a new execution of a registration."""
    execution = await workflows_executions_start(client, identifier, is_registration=True)
    return execution.unwrap().execution_id


async def test_only_a_canceled_execution_has_a_last_event(client: MistralCore) -> None:
    """A terminated one has none."""
    canceled, terminated = await started(client), await started(client)
    await workflows_executions_cancel_workflow_execution(client, canceled)
    await workflows_executions_terminate_workflow_execution(client, terminated)
    *_, end = [each.unwrap() async for each in workflows_executions_follow(client, canceled)]
    assert isinstance(end, StreamEventSsePayload)
    assert isinstance(end.data, WorkflowExecutionCanceledResponse)
    *_, last = [each async for each in workflows_executions_follow(client, terminated, pause=0)]
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    assert last.error.type == "TERMINATED"
    for stop in (
        workflows_executions_cancel_workflow_execution,
        workflows_executions_terminate_workflow_execution,
    ):
        assert status_of(await stop(client, canceled)) == 409
        assert status_of(await stop(client, "nobody")) == 404


async def test_several_executions_are_terminated(client: MistralCore) -> None:
    """From 1 to 100."""
    first = await started(client)
    stopped = await workflows_executions_batch_terminate_workflow_executions(
        client, execution_ids=[first, first]
    )
    assert [each.status for each in (stopped.unwrap().results or {}).values()] == ["failure"]
    assert (await workflows_executions_wait(client, first)).unwrap().status == "TERMINATED"
    none = await workflows_executions_batch_terminate_workflow_executions(client, execution_ids=[])
    assert none.call.status == 422


async def test_reset_is_a_new_run(client: MistralCore, sandbox: Sandbox) -> None:
    """Of the same execution, whether it has ended or not."""
    execution = await started(client, input=1)
    sandbox.advance()
    for number in (1, 2):
        done = await workflows_executions_reset_workflow(client, execution, event_id=number)
        assert done == Ok(None)
    read = (await workflows_executions_get_workflow_execution(client, execution)).unwrap()
    assert (read.status, read.result, read.end_time) == ("RUNNING", None, None)
    runs = (await workflows_runs_list_runs(client)).unwrap().data
    assert [getattr(each, "status", "") for each in runs] == ["RUNNING", "TERMINATED", "COMPLETED"]
    beyond = await workflows_executions_reset_workflow(client, execution, event_id=99)
    assert status_of(beyond) == 400


async def test_signals_and_updates_require_a_running_execution(
    client: MistralCore, sandbox: Sandbox
) -> None:
    """Their values can be queried afterwards."""
    execution = await started(client)
    await workflows_executions_signal_workflow_execution(
        client, execution, name="go", input={"to": "Paris"}
    )
    sandbox.advance()
    for send in (
        workflows_executions_signal_workflow_execution,
        workflows_executions_update_workflow_execution,
    ):
        assert status_of(await send(client, execution, name="go")) == 409
    query = await workflows_executions_query_workflow_execution(client, execution, name="go")
    assert query.unwrap().result == {"to": "Paris"}


async def test_runs_are_listed_and_read(client: MistralCore) -> None:
    """The newest first, filtered, in pages."""
    first, second = await started(client, input=1), await started(client)
    await workflows_executions_cancel_workflow_execution(client, second)

    async def listed(**arguments: Any) -> list[str]:
        pages = paginate(workflows_runs_list_runs, client, **arguments)
        return [getattr(each.unwrap(), "execution_id", "") async for each in pages]

    assert await listed() == [second, first]
    assert await listed(order="asc", page_size=1) == [first, second]
    assert await listed(status="RUNNING") == [first]
    assert await listed(status=["CANCELED", "FAILED"]) == [second]
    assert await listed(workflow_identifier="echo", search="ECH") == [second, first]
    assert await listed(workflow_identifier="other") == []
    assert await listed(root_execution_id=first) == [first]
    execution = (await workflows_executions_get_workflow_execution(client, first)).unwrap()
    run_id = execution.run_id or ""
    assert (await workflows_runs_get_run(client, run_id)).unwrap() == execution
    history = (await workflows_runs_get_run_history(client, run_id)).unwrap()
    assert [each["event_id"] for each in history["events"]] == [1, 2]
    complete = await workflows_executions_get_workflow_execution_history(client, first)
    assert complete.unwrap() == history
    assert status_of(await workflows_runs_get_run(client, "nobody")) == 404


async def test_earlier_run_does_not_progress() -> None:
    """Although it is polled."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    execution = await started(client)
    before = sandbox.state.executions[execution].about["run_id"]
    await workflows_executions_reset_workflow(client, execution, event_id=1)
    assert (await workflows_runs_get_run(client, before)).unwrap().status == "TERMINATED"
    assert sandbox.state.executions[execution].is_running


async def test_traces_are_filtered_by_execution(client: MistralCore) -> None:
    """By the collection rule."""
    execution = await started(client)
    trace = await workflows_executions_get_workflow_execution_trace_info(client, execution)
    assert isinstance(trace, Ok)
    missing = await workflows_executions_get_workflow_execution_trace_info(client, "nobody")
    assert status_of(missing) == 404


async def test_encoded_input_is_the_encoded_result(sandbox: Sandbox) -> None:
    """In the execution and its events, for clients that encode payloads."""
    encoded = {"b64payload": "e30=", "encoding_options": ["encrypted"], "empty": False}
    client = MistralCore(transport=sandbox)
    sent = await client.execute(
        operation_of(workflows_execute_workflow),
        path={"workflow_identifier": "echo"},
        json={"input": None, "encoded_input": encoded},
    )
    assert isinstance(sent, Ok)
    sandbox.advance()
    (execution,) = sandbox.state.executions.values()
    assert execution.about["result"] == encoded
    last = converter.unstructure(execution.events[-1].data)
    assert last["attributes"]["result"] == {
        "type": "json", "value": "e30=", "encoding_options": ["encrypted"]
    }  # fmt: skip
