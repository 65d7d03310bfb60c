"""Executions in the sandbox run to completion, with streams of events that end."""

from mistral_core import Err, MistralCore, SDKError
from mistral_funcs import (
    workflows_execute_and_wait,
    workflows_executions_cancel_workflow_execution,
    workflows_executions_follow,
    workflows_executions_start,
    workflows_executions_terminate_workflow_execution,
    workflows_get_workflows,
)
from mistral_funcs.sandbox import Sandbox


async def started(client: MistralCore) -> str:
    """Return the ID of a new execution."""
    (workflow,) = (await workflows_get_workflows(client)).unwrap().data
    execution = await workflows_executions_start(
        client, getattr(workflow, "id", ""), input={"a": 1}
    )
    return execution.unwrap().execution_id


async def test_execution_is_waited_for() -> None:
    """Its result is any JSON value."""
    client = MistralCore(transport=Sandbox())
    (workflow,) = (await workflows_get_workflows(client)).unwrap().data
    identifier = getattr(workflow, "id", "")
    assert (await workflows_execute_and_wait(client, identifier, object)).call.status == 200


async def test_execution_is_followed_to_its_end() -> None:
    """Each one has events of its own, from a number on."""
    client = MistralCore(transport=Sandbox())
    await started(client)
    second = await started(client)
    items = [each.unwrap() async for each in workflows_executions_follow(client, second)]
    assert [getattr(each, "broker_sequence", 0) for each in items] == [2, 3]
    rest = workflows_executions_follow(client, second, start_seq=3)
    assert [each.unwrap() async for each in rest] == items[1:]


async def test_execution_that_was_stopped_ends_too() -> None:
    """A canceled one with its event, a terminated one without."""
    client = MistralCore(transport=Sandbox())
    canceled, terminated = await started(client), await started(client)
    await workflows_executions_cancel_workflow_execution(client, canceled)
    await workflows_executions_terminate_workflow_execution(client, terminated)
    items = [each.unwrap() async for each in workflows_executions_follow(client, canceled)]
    assert len(items) == 2
    *_, last = [each async for each in workflows_executions_follow(client, terminated, pause=0)]
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    assert last.error.type == "TERMINATED"
