"""Workflows and observability that type checkers must accept. Never run."""

from typing import Any, assert_type

from mistral_core import Err, Failure, MistralCore, Ok, Result, SDKError, Unknown
from mistral_funcs import (
    beta_observability_datasets_list,
    beta_observability_evaluations_runs_search,
    beta_observability_judges_create,
    beta_observability_logs_search,
    beta_observability_spans_search_spans,
    paginate,
    workflows_deployments_stream_deployment_logs,
    workflows_events_get_stream_events,
    workflows_events_get_workflow_events,
    workflows_execute_workflow,
    workflows_executions_signal_workflow_execution,
    workflows_get_workflows,
    workflows_runs_list_runs,
    workflows_schedules_get_schedules,
    workflows_schedules_schedule_workflow,
    workflows_schedules_trigger_schedule,
)
from mistral_funcs.schemas import (
    DatasetPreview,
    DeploymentLogRecord,
    EvaluationRunFilterInput,
    EvaluationRunV2Response,
    GetLog,
    GetSpan,
    JudgeClassificationOutput,
    JudgeClassificationOutputOption,
    ScheduleCalendar,
    ScheduleDefinition,
    ScheduleDefinitionOutput,
    SchedulePolicy,
    ScheduleRange,
    SignalInvocationBodyNetworkEncodedInput,
    StreamEventSsePayload,
    TagFilter,
    WorkflowBasicDefinition,
    WorkflowEvent,
    WorkflowExecutionCompletedResponse,
    WorkflowExecutionFailedResponse,
    WorkflowExecutionResponse,
    WorkflowExecutionSyncResponse,
    WorkflowExecutionWithoutResultResponse,
)


async def execute(client: MistralCore) -> Any:
    """Execute a workflow, with and without its result."""
    result = await workflows_execute_workflow(client, "w", input={"a": 1}, wait_for_result=True)
    match result:
        case Ok(WorkflowExecutionSyncResponse(result=value)):
            return value
        case Ok(WorkflowExecutionResponse(execution_id=identifier)):
            assert_type(identifier, str)
            await workflows_executions_signal_workflow_execution(
                client,
                identifier,
                name="go",
                input=SignalInvocationBodyNetworkEncodedInput(b64payload=""),
            )
            await workflows_executions_signal_workflow_execution(
                client, identifier, name="go", input={"any": "object"}
            )
        case Ok() | Err():
            pass
    return None


async def follow(client: MistralCore) -> None:
    """Follow the events of an execution, and resume after the last."""
    stream = (await workflows_events_get_stream_events(client, scope="workflow")).unwrap()
    sequence = 0
    async with stream as events:
        async for event in events:
            assert_type(event, Result[StreamEventSsePayload, Failure])
            match event:
                case Ok(StreamEventSsePayload(data=WorkflowExecutionCompletedResponse() as done)):
                    assert_type(done.attributes.result.value, Any | None)
                case Ok(StreamEventSsePayload(data=WorkflowExecutionFailedResponse() as failed)):
                    assert_type(failed.attributes.failure.message, str | None)
                case Ok(payload):
                    assert_type(payload.data, WorkflowEvent)
                    sequence = payload.broker_sequence
                case Err(SDKError(type="read_error")):
                    pass
                case Err():
                    raise event.error
    await workflows_events_get_stream_events(client, start_seq=sequence + 1)
    logs = (await workflows_deployments_stream_deployment_logs(client, "d")).unwrap()
    async with logs as records:
        async for record in records:
            assert_type(record, Result[DeploymentLogRecord, Failure])
    last = logs.last_event_id
    await workflows_deployments_stream_deployment_logs(client, "d", last_event_id=last)


async def schedule(client: MistralCore) -> None:
    """Schedule a workflow, with a class or a mapping."""
    mornings = ScheduleCalendar(
        hour=[ScheduleRange(start=8)], day_of_week=[ScheduleRange(start=1, end=5)]
    )
    definition = ScheduleDefinition(
        input=None, calendars=[mornings], policy=SchedulePolicy(overlap=2), time_zone_name="UTC"
    )
    created = await workflows_schedules_schedule_workflow(
        client, workflow_identifier="w", schedule=definition
    )
    identifier = created.unwrap().schedule_id
    await workflows_schedules_trigger_schedule(client, identifier)
    await workflows_schedules_trigger_schedule(client, identifier, request={"overlap": 6})


async def pages(client: MistralCore) -> None:
    """Read lists with all kinds of pages."""
    async for workflow in paginate(workflows_get_workflows, client, status=["RUNNING"]):
        assert_type(workflow, Result[WorkflowBasicDefinition | Unknown, Failure])
    async for run in paginate(workflows_runs_list_runs, client, status="FAILED"):
        assert_type(run, Result[WorkflowExecutionWithoutResultResponse | Unknown, Failure])
    async for planned in paginate(workflows_schedules_get_schedules, client, page_size=10):
        assert_type(planned, Result[ScheduleDefinitionOutput | Unknown, Failure])
    async for event in paginate(workflows_events_get_workflow_events, client):
        assert_type(event, Result[WorkflowEvent, Failure])
    async for dataset in paginate(beta_observability_datasets_list, client, page=2):
        assert_type(dataset, Result[DatasetPreview | Unknown, Failure])
    async for span in paginate(beta_observability_spans_search_spans, client):
        assert_type(span, Result[GetSpan | Unknown, Failure])
    async for log in paginate(beta_observability_logs_search, client, order="asc"):
        assert_type(log, Result[GetLog, Failure])
    filters = EvaluationRunFilterInput(tags=TagFilter(values=["nightly"], combinator="or"))
    runs = paginate(beta_observability_evaluations_runs_search, client, "slug", filters=filters)
    async for evaluated in runs:
        assert_type(evaluated, Result[EvaluationRunV2Response | Unknown, Failure])


async def judge(client: MistralCore) -> None:
    """Create a judge that classifies."""
    output = JudgeClassificationOutput(
        options=[
            JudgeClassificationOutputOption(value="good", description="Helpful"),
            JudgeClassificationOutputOption(value="bad", description="Not helpful"),
        ]
    )
    await beta_observability_judges_create(
        client, name="n", description="d", instructions="i", model_name="m", output=output, tools=[]
    )
