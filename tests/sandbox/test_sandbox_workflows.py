"""Workflows of the sandbox: objects are created, read, listed, changed and deleted."""

from typing import Any

import pytest

from mistral_core import Err, Failure, MistralCore, Ok, Result, SDKError
from mistral_funcs import (
    paginate,
    workflows_archive_workflow,
    workflows_bulk_archive_workflows,
    workflows_deployments_create_deployment,
    workflows_deployments_delete_deployment,
    workflows_deployments_get_deployment,
    workflows_deployments_list_deployments,
    workflows_deployments_stop_deployment,
    workflows_deployments_stream_deployment_logs,
    workflows_execute_workflow,
    workflows_executions_batch_cancel_workflow_executions,
    workflows_executions_cancel_workflow_execution,
    workflows_executions_get_workflow_execution,
    workflows_executions_query_workflow_execution,
    workflows_executions_signal_workflow_execution,
    workflows_executions_stream,
    workflows_executions_update_workflow_execution,
    workflows_get_workflow,
    workflows_get_workflow_registration,
    workflows_get_workflow_registrations,
    workflows_get_workflows,
    workflows_schedules_get_schedule,
    workflows_schedules_get_schedules,
    workflows_schedules_pause_schedule,
    workflows_schedules_schedule_workflow,
    workflows_schedules_trigger_schedule,
    workflows_schedules_unschedule_workflow,
    workflows_schedules_update_schedule,
    workflows_unarchive_workflow,
    workflows_update_workflow,
)
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import (
    DeploymentLogRecord,
    DeploymentWorkerSpecInput,
    NetworkEncodedInput,
    PartialScheduleDefinition,
    QueryWorkflowResponse,
    ScheduleDefinition,
    ScheduleDefinitionOutput,
    StreamEventSsePayload,
    WorkflowBasicDefinition,
    WorkflowExecutionResponse,
    WorkflowScheduleTriggerRequest,
)


@pytest.fixture
def client() -> MistralCore:
    """Return a client of a new sandbox."""
    return MistralCore(transport=Sandbox())


async def workflow_of(client: MistralCore) -> str:
    """Return the ID of the predefined workflow of a sandbox."""
    (workflow,) = [each.unwrap() async for each in paginate(workflows_get_workflows, client)]
    assert isinstance(workflow, WorkflowBasicDefinition)
    return workflow.id


def status_of(result: Result[Any, Failure]) -> int:
    """Return the status of an error."""
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    return result.error.status


async def test_workflow_is_changed_and_archived(client: MistralCore) -> None:
    """Although it is nested in an object in each response."""
    identifier = await workflow_of(client)
    changed = (await workflows_update_workflow(client, identifier, display_name="New")).unwrap()
    assert changed.workflow is not None
    assert (changed.workflow.id, changed.workflow.display_name) == (identifier, "New")
    archived = (await workflows_archive_workflow(client, identifier)).unwrap()
    assert archived.workflow is not None
    assert archived.workflow.archived
    read = (await workflows_get_workflow(client, identifier)).unwrap()
    assert read.workflow is not None
    assert (read.workflow.archived, read.workflow.display_name) == (True, "New")
    await workflows_unarchive_workflow(client, identifier)
    both = await workflows_bulk_archive_workflows(client, workflow_ids=[identifier, "nobody"])
    assert [getattr(each, "id", "") for each in both.unwrap().archived or ()] == [identifier]
    assert both.unwrap().errored is None
    assert status_of(await workflows_get_workflow(client, "nobody")) == 404


async def test_registration_is_read_under_its_old_name_too(client: MistralCore) -> None:
    """The API returns it under both names."""
    (listed,) = (await workflows_get_workflow_registrations(client)).unwrap().data
    identifier = getattr(listed, "id", "")
    read = (await workflows_get_workflow_registration(client, identifier)).unwrap()
    assert read.workflow_registration is not None
    assert read.workflow_registration.id == identifier
    assert read.workflow_version == read.workflow_registration


async def test_execution_completes_and_can_be_read(client: MistralCore) -> None:
    """Its path does not contain its workflow."""
    started = await workflows_execute_workflow(client, await workflow_of(client), input={"a": 1})
    execution = started.unwrap()
    assert isinstance(execution, WorkflowExecutionResponse)
    identifier = execution.execution_id
    read = (await workflows_executions_get_workflow_execution(client, identifier)).unwrap()
    assert (read.execution_id, read.status, read.result) == (identifier, "RUNNING", None)
    read = (await workflows_executions_get_workflow_execution(client, identifier)).unwrap()
    assert (read.status, read.result) == ("COMPLETED", {"a": 1})
    late = await workflows_executions_cancel_workflow_execution(client, identifier)
    assert status_of(late) == 409
    missing = await workflows_executions_get_workflow_execution(client, "nobody")
    assert status_of(missing) == 404
    assert status_of(await workflows_execute_workflow(client, "nobody")) == 404


async def test_several_executions_are_canceled(client: MistralCore) -> None:
    """The result is reported for each."""
    identifier = await workflow_of(client)
    started = [
        (await workflows_execute_workflow(client, identifier, execution_id=each)).unwrap()
        for each in ("e-1", "e-2")
    ]
    ids = [each.execution_id for each in started if isinstance(each, WorkflowExecutionResponse)]
    assert ids == ["e-1", "e-2"]
    canceled = await workflows_executions_batch_cancel_workflow_executions(
        client, execution_ids=["e-1", "nobody"]
    )
    outcomes = (canceled.unwrap().results or {}).values()
    assert [each.status for each in outcomes] == ["success", "failure"]
    assert [each.error for each in outcomes] == [None, "No running execution matches 'nobody'."]
    items = [
        (await workflows_executions_get_workflow_execution(client, each)).unwrap().status
        for each in ids
    ]
    assert items == ["CANCELED", "RUNNING"]


async def test_input_is_any_object_or_encoded(client: MistralCore) -> None:
    """Although only encoded input has a schema."""
    started = await workflows_execute_workflow(client, await workflow_of(client))
    identifier = getattr(started.unwrap(), "execution_id", "")
    encoded = NetworkEncodedInput(b64payload="e30=", encoding_options=["encrypted"])
    for value in ({"city": "Paris"}, encoded):
        query = await workflows_executions_query_workflow_execution(
            client, identifier, name="state", input=value
        )
        assert query == Ok(QueryWorkflowResponse(query_name="state", result=None))
    signal = await workflows_executions_signal_workflow_execution(
        client, identifier, name="state", input={"city": "Paris"}
    )
    assert signal.unwrap().message == "Signal accepted"
    query = await workflows_executions_query_workflow_execution(client, identifier, name="state")
    assert query.unwrap().result == {"city": "Paris"}
    update = await workflows_executions_update_workflow_execution(
        client, identifier, name="state", input={"city": "Rome"}
    )
    assert update.unwrap().result == {"city": "Rome"}
    query = await workflows_executions_query_workflow_execution(client, identifier, name="state")
    assert query.unwrap().result == {"city": "Rome"}


async def test_streams_end_with_the_body(client: MistralCore) -> None:
    """As in the API."""
    started = await workflows_execute_workflow(client, await workflow_of(client))
    identifier = getattr(started.unwrap(), "execution_id", "")
    async with (await workflows_executions_stream(client, identifier)).unwrap() as events:
        items = [each.unwrap() async for each in events]
    assert [type(each) for each in items] == [StreamEventSsePayload] * 4
    await workflows_deployments_create_deployment(
        client, name="d", spec=DeploymentWorkerSpecInput(github_url="https://github.com/a/b")
    )
    logs = (await workflows_deployments_stream_deployment_logs(client, "d")).unwrap()
    async with logs as records:
        assert [type(each.unwrap()) async for each in records] == [DeploymentLogRecord]


async def test_deployment_is_identified_by_its_name(client: MistralCore) -> None:
    """It has an ID as well."""
    spec = DeploymentWorkerSpecInput(archive_id="a")
    created = await workflows_deployments_create_deployment(client, name="mine", spec=spec)
    assert created.unwrap().name == "mine"
    stopped = (await workflows_deployments_stop_deployment(client, "mine")).unwrap()
    assert (stopped.name, stopped.stopped) == ("mine", True)
    listed = (await workflows_deployments_list_deployments(client)).unwrap().data
    assert [getattr(each, "name", "") for each in listed] == ["mine"]
    assert (await workflows_deployments_get_deployment(client, "mine")).unwrap().name == "mine"
    await workflows_deployments_delete_deployment(client, "mine")
    gone = await workflows_deployments_get_deployment(client, "mine")
    assert status_of(gone) == 404
    assert "No deployment matches 'mine'." in str(gone)


async def test_schedule_is_created_changed_and_deleted(client: MistralCore) -> None:
    """Its fields are nested in requests, but not in responses."""
    created = await workflows_schedules_schedule_workflow(
        client,
        workflow_identifier="w",
        schedule=ScheduleDefinition(input={"a": 1}, cron_expressions=["0 8 * * *"]),
    )
    identifier = created.unwrap().schedule_id
    await workflows_schedules_pause_schedule(client, identifier)
    await workflows_schedules_update_schedule(
        client, identifier, schedule=PartialScheduleDefinition(jitter="PT1M")
    )
    read = (await workflows_schedules_get_schedule(client, identifier)).unwrap()
    assert (read.input, read.cron_expressions, read.jitter) == ({"a": 1}, ["0 8 * * *"], "PT1M")
    assert read.paused
    pages = [each.unwrap() async for each in paginate(workflows_schedules_get_schedules, client)]
    assert [each for each in pages if isinstance(each, ScheduleDefinitionOutput)] == [read]
    triggered = await workflows_schedules_trigger_schedule(
        client, identifier, request=WorkflowScheduleTriggerRequest(overlap=6)
    )
    assert triggered == Ok(None)
    assert await workflows_schedules_trigger_schedule(client, identifier) == Ok(None)
    await workflows_schedules_unschedule_workflow(client, identifier)
    assert status_of(await workflows_schedules_get_schedule(client, identifier)) == 404
