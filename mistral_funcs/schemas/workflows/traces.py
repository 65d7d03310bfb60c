"""Traces of executions: events, a summary of spans, OpenTelemetry data."""

from datetime import datetime
from typing import Any, ClassVar, Literal, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.workflows.executions import WorkflowExecutionStatus
from mistral_funcs.schemas.workflows.otel import TempoGetTraceResponse


@attrs.frozen(kw_only=True)
class _ExecutionTrace(Schema):
    """Base class for executions with a trace.

    Attributes:
        execution_id: ID of the execution.
        workflow_name: Name of the workflow.
        root_execution_id: ID of the execution that started the whole tree.
        status: Status of the execution.
        start_time: When it started.
        end_time: When it ended. `None` while it is running.
        workflow_id: ID of the workflow.
        deployment_name: Name of the deployment that ran it.
        parent_execution_id: ID of the execution that started it. `None` if no other execution
            started it.
        run_id: ID of the run.
        user_id: ID of the user who started it.
        total_duration_ms: Duration of the trace in milliseconds.
        result: Result of the workflow. `None` if there is none yet.
        search_keys: Search keys of the execution, if requested.
    """

    execution_id: str
    workflow_name: str | None = None
    root_execution_id: str | None = None
    status: WorkflowExecutionStatus | None = None
    start_time: datetime | None = None
    end_time: datetime | None = None
    workflow_id: str | None = None
    deployment_name: str | None = None
    parent_execution_id: str | None = None
    run_id: str | None = None
    user_id: str | None = None
    total_duration_ms: int | None = None
    result: Any | None = None
    search_keys: dict[str, str | None] | None = None


@final
@attrs.frozen(kw_only=True)
class ExecutionTraceInfoResponse(Schema):
    """The ID of the trace of an execution.

    Attributes:
        otel_trace_id: ID of the trace.
        has_trace_data: Whether trace data exists.
    """

    _may_be_empty: ClassVar[bool] = True

    otel_trace_id: str | None = None
    has_trace_data: bool = False


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionTraceEvent(Schema):
    """A trace event.

    Attributes:
        type: Kind of event.
        id: ID of the event.
        name: Name of the event.
        timestamp_unix_nano: When it occurred, in nanoseconds since the Unix epoch.
        attributes: Attributes of the event.
        internal: Whether it is internal.
    """

    type: Literal["EVENT", "EVENT_PROGRESS"] | str = "EVENT"
    id: str
    name: str | None = None
    timestamp_unix_nano: int | None = None
    attributes: dict[str, str | int | float | bool | list[Any] | None] = attrs.field(
        factory=dict[str, str | int | float | bool | list[Any] | None]
    )
    internal: bool = False


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionProgressTraceEvent(Schema):
    """A trace event with a duration.

    Attributes:
        type: Kind of event.
        id: ID of the event.
        name: Name of the event.
        timestamp_unix_nano: When it occurred, in nanoseconds since the Unix epoch.
        attributes: Attributes of the event.
        start_time_unix_ms: When it started, in milliseconds since the Unix epoch.
        internal: Whether it is internal.
        status: Status of what the event reports.
        end_time_unix_ms: When it ended, in milliseconds since the Unix epoch.
        error: What went wrong.
    """

    type: Literal["EVENT", "EVENT_PROGRESS"] | str = "EVENT_PROGRESS"
    id: str
    name: str | None = None
    timestamp_unix_nano: int | None = None
    attributes: dict[str, str | int | float | bool | list[Any] | None] = attrs.field(
        factory=dict[str, str | int | float | bool | list[Any] | None]
    )
    start_time_unix_ms: int | None = None
    internal: bool = False
    status: Literal["RUNNING", "COMPLETED", "FAILED"] | str = "RUNNING"
    end_time_unix_ms: int | None = None
    error: str | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionTraceEventsResponse(_ExecutionTrace):
    """An execution with the events of its trace.

    Attributes:
        events: Events of the trace.
    """

    events: (
        list[WorkflowExecutionTraceEvent | WorkflowExecutionProgressTraceEvent | Unknown] | None
    ) = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionTraceSummarySpan(Schema):
    """A span in the summary of a trace.

    Attributes:
        span_id: ID of the span.
        name: Name of the span.
        start_time_unix_nano: When it started, in nanoseconds since the Unix epoch.
        end_time_unix_nano: When it ended, in nanoseconds since the Unix epoch.
        attributes: Attributes of the span.
        events: Events of the span.
        children: Child spans.
    """

    span_id: str | None = None
    name: str | None = None
    start_time_unix_nano: int | None = None
    end_time_unix_nano: int | None = None
    attributes: dict[str, str | int | float | bool | list[Any] | None] = attrs.field(
        factory=dict[str, str | int | float | bool | list[Any] | None]
    )
    events: list[WorkflowExecutionTraceEvent | Unknown] = attrs.field(
        factory=list[WorkflowExecutionTraceEvent | Unknown]
    )
    children: "list[WorkflowExecutionTraceSummarySpan] | None" = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionTraceSummaryResponse(_ExecutionTrace):
    """An execution with the spans of its trace.

    Attributes:
        span_tree: The root span of the trace.
    """

    span_tree: WorkflowExecutionTraceSummarySpan | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionTraceOTelResponse(_ExecutionTrace):
    """An execution with its trace as OpenTelemetry data.

    Attributes:
        data_source: Where the trace comes from.
        otel_trace_id: ID of the trace.
        otel_trace_data: The trace.
    """

    data_source: str | None = None
    otel_trace_id: str | None = None
    otel_trace_data: TempoGetTraceResponse | None = None
