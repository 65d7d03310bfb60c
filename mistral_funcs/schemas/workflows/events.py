"""Events of executions: of workflows, activities and custom tasks."""

from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.workflows.event_attributes import (
    ActivityTaskCompletedAttributesResponse,
    ActivityTaskFailedAttributes,
    ActivityTaskRetryingAttributes,
    ActivityTaskStartedAttributesResponse,
    CustomTaskCanceledAttributes,
    CustomTaskCompletedAttributesResponse,
    CustomTaskFailedAttributes,
    CustomTaskInProgressAttributesResponse,
    CustomTaskStartedAttributesResponse,
    CustomTaskTimedOutAttributes,
    WorkflowExecutionCanceledAttributes,
    WorkflowExecutionCompletedAttributesResponse,
    WorkflowExecutionContinuedAsNewAttributesResponse,
    WorkflowExecutionFailedAttributes,
    WorkflowExecutionStartedAttributesResponse,
    WorkflowTaskFailedAttributes,
    WorkflowTaskTimedOutAttributes,
)

WorkflowEventType: TypeAlias = (
    Literal[
        "WORKFLOW_EXECUTION_STARTED",
        "WORKFLOW_EXECUTION_COMPLETED",
        "WORKFLOW_EXECUTION_FAILED",
        "WORKFLOW_EXECUTION_CANCELED",
        "WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
        "WORKFLOW_TASK_TIMED_OUT",
        "WORKFLOW_TASK_FAILED",
        "CUSTOM_TASK_STARTED",
        "CUSTOM_TASK_IN_PROGRESS",
        "CUSTOM_TASK_COMPLETED",
        "CUSTOM_TASK_FAILED",
        "CUSTOM_TASK_TIMED_OUT",
        "CUSTOM_TASK_CANCELED",
        "ACTIVITY_TASK_STARTED",
        "ACTIVITY_TASK_COMPLETED",
        "ACTIVITY_TASK_RETRYING",
        "ACTIVITY_TASK_FAILED",
    ]
    | str
)
"""Type of an event. Other values are accepted."""


@attrs.frozen(kw_only=True)
class _Event(Schema):
    """Base class for events.

    Attributes:
        event_id: ID of the event.
        event_timestamp: When the event was created, in nanoseconds since the Unix epoch.
        root_workflow_exec_id: ID of the execution that started the whole tree.
        parent_workflow_exec_id: ID of the execution that started this one. `None` if no other
            execution started it.
        workflow_exec_id: ID of the execution.
        workflow_run_id: ID of the run. It changes when an execution continues as new.
        workflow_name: Name of the workflow.
        continued_run_id: ID of the run that this one continues.
        first_execution_run_id: ID of the first run of the execution. Runs that continue or retry it
            have the same value.
        chain_run_id: ID shared by all runs and child executions of this start of the execution.
        schedule_id: ID of the schedule that started the execution.
    """

    event_id: str | None = None
    event_timestamp: int | None = None
    root_workflow_exec_id: str | None = None
    parent_workflow_exec_id: str | None = None
    workflow_exec_id: str | None = None
    workflow_run_id: str | None = None
    workflow_name: str | None = None
    continued_run_id: str | None = None
    first_execution_run_id: str | None = None
    chain_run_id: str | None = None
    schedule_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionStartedResponse(_Event):
    """The execution started. It is the first event of the execution.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"WORKFLOW_EXECUTION_STARTED"`.
    """

    attributes: WorkflowExecutionStartedAttributesResponse = attrs.field(
        factory=WorkflowExecutionStartedAttributesResponse
    )
    event_type: Literal["WORKFLOW_EXECUTION_STARTED"] = "WORKFLOW_EXECUTION_STARTED"


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionCompletedResponse(_Event):
    """The execution completed. It is the last event of the execution.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"WORKFLOW_EXECUTION_COMPLETED"`.
    """

    attributes: WorkflowExecutionCompletedAttributesResponse = attrs.field(
        factory=WorkflowExecutionCompletedAttributesResponse
    )
    event_type: Literal["WORKFLOW_EXECUTION_COMPLETED"] = "WORKFLOW_EXECUTION_COMPLETED"


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionFailedResponse(_Event):
    """The execution failed. It is the last event of the execution.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"WORKFLOW_EXECUTION_FAILED"`.
    """

    attributes: WorkflowExecutionFailedAttributes = attrs.field(
        factory=WorkflowExecutionFailedAttributes
    )
    event_type: Literal["WORKFLOW_EXECUTION_FAILED"] = "WORKFLOW_EXECUTION_FAILED"


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionCanceledResponse(_Event):
    """The execution was canceled. It is the last event of the execution.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"WORKFLOW_EXECUTION_CANCELED"`.
    """

    attributes: WorkflowExecutionCanceledAttributes = attrs.field(
        factory=WorkflowExecutionCanceledAttributes
    )
    event_type: Literal["WORKFLOW_EXECUTION_CANCELED"] = "WORKFLOW_EXECUTION_CANCELED"


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionContinuedAsNewResponse(_Event):
    """The execution continues as a new run, with a new history.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"WORKFLOW_EXECUTION_CONTINUED_AS_NEW"`.
    """

    attributes: WorkflowExecutionContinuedAsNewAttributesResponse = attrs.field(
        factory=WorkflowExecutionContinuedAsNewAttributesResponse
    )
    event_type: Literal["WORKFLOW_EXECUTION_CONTINUED_AS_NEW"] = (
        "WORKFLOW_EXECUTION_CONTINUED_AS_NEW"
    )


@final
@attrs.frozen(kw_only=True)
class WorkflowTaskTimedOutResponse(_Event):
    """A workflow task timed out.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"WORKFLOW_TASK_TIMED_OUT"`.
    """

    attributes: WorkflowTaskTimedOutAttributes = attrs.field(factory=WorkflowTaskTimedOutAttributes)
    event_type: Literal["WORKFLOW_TASK_TIMED_OUT"] = "WORKFLOW_TASK_TIMED_OUT"


@final
@attrs.frozen(kw_only=True)
class WorkflowTaskFailedResponse(_Event):
    """A workflow task failed. It may be retried.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"WORKFLOW_TASK_FAILED"`.
    """

    attributes: WorkflowTaskFailedAttributes = attrs.field(factory=WorkflowTaskFailedAttributes)
    event_type: Literal["WORKFLOW_TASK_FAILED"] = "WORKFLOW_TASK_FAILED"


@final
@attrs.frozen(kw_only=True)
class CustomTaskStartedResponse(_Event):
    """A custom task started, such as a model call.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"CUSTOM_TASK_STARTED"`.
    """

    attributes: CustomTaskStartedAttributesResponse = attrs.field(
        factory=CustomTaskStartedAttributesResponse
    )
    event_type: Literal["CUSTOM_TASK_STARTED"] = "CUSTOM_TASK_STARTED"


@final
@attrs.frozen(kw_only=True)
class CustomTaskInProgressResponse(_Event):
    """A custom task reports its progress.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"CUSTOM_TASK_IN_PROGRESS"`.
    """

    attributes: CustomTaskInProgressAttributesResponse = attrs.field(
        factory=CustomTaskInProgressAttributesResponse
    )
    event_type: Literal["CUSTOM_TASK_IN_PROGRESS"] = "CUSTOM_TASK_IN_PROGRESS"


@final
@attrs.frozen(kw_only=True)
class CustomTaskCompletedResponse(_Event):
    """A custom task completed.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"CUSTOM_TASK_COMPLETED"`.
    """

    attributes: CustomTaskCompletedAttributesResponse = attrs.field(
        factory=CustomTaskCompletedAttributesResponse
    )
    event_type: Literal["CUSTOM_TASK_COMPLETED"] = "CUSTOM_TASK_COMPLETED"


@final
@attrs.frozen(kw_only=True)
class CustomTaskFailedResponse(_Event):
    """A custom task failed.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"CUSTOM_TASK_FAILED"`.
    """

    attributes: CustomTaskFailedAttributes = attrs.field(factory=CustomTaskFailedAttributes)
    event_type: Literal["CUSTOM_TASK_FAILED"] = "CUSTOM_TASK_FAILED"


@final
@attrs.frozen(kw_only=True)
class CustomTaskTimedOutResponse(_Event):
    """A custom task timed out.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"CUSTOM_TASK_TIMED_OUT"`.
    """

    attributes: CustomTaskTimedOutAttributes = attrs.field(factory=CustomTaskTimedOutAttributes)
    event_type: Literal["CUSTOM_TASK_TIMED_OUT"] = "CUSTOM_TASK_TIMED_OUT"


@final
@attrs.frozen(kw_only=True)
class CustomTaskCanceledResponse(_Event):
    """A custom task was canceled.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"CUSTOM_TASK_CANCELED"`.
    """

    attributes: CustomTaskCanceledAttributes = attrs.field(factory=CustomTaskCanceledAttributes)
    event_type: Literal["CUSTOM_TASK_CANCELED"] = "CUSTOM_TASK_CANCELED"


@final
@attrs.frozen(kw_only=True)
class ActivityTaskStartedResponse(_Event):
    """An activity started. Retries are `ActivityTaskRetryingResponse`.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"ACTIVITY_TASK_STARTED"`.
    """

    attributes: ActivityTaskStartedAttributesResponse = attrs.field(
        factory=ActivityTaskStartedAttributesResponse
    )
    event_type: Literal["ACTIVITY_TASK_STARTED"] = "ACTIVITY_TASK_STARTED"


@final
@attrs.frozen(kw_only=True)
class ActivityTaskCompletedResponse(_Event):
    """An activity completed.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"ACTIVITY_TASK_COMPLETED"`.
    """

    attributes: ActivityTaskCompletedAttributesResponse = attrs.field(
        factory=ActivityTaskCompletedAttributesResponse
    )
    event_type: Literal["ACTIVITY_TASK_COMPLETED"] = "ACTIVITY_TASK_COMPLETED"


@final
@attrs.frozen(kw_only=True)
class ActivityTaskRetryingResponse(_Event):
    """An attempt of an activity failed and will be retried.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"ACTIVITY_TASK_RETRYING"`.
    """

    attributes: ActivityTaskRetryingAttributes = attrs.field(factory=ActivityTaskRetryingAttributes)
    event_type: Literal["ACTIVITY_TASK_RETRYING"] = "ACTIVITY_TASK_RETRYING"


@final
@attrs.frozen(kw_only=True)
class ActivityTaskFailedResponse(_Event):
    """An activity failed and will not be retried.

    Attributes:
        attributes: Attributes of the event.
        event_type: `"ACTIVITY_TASK_FAILED"`.
    """

    attributes: ActivityTaskFailedAttributes = attrs.field(factory=ActivityTaskFailedAttributes)
    event_type: Literal["ACTIVITY_TASK_FAILED"] = "ACTIVITY_TASK_FAILED"


WorkflowEvent: TypeAlias = (
    WorkflowExecutionStartedResponse
    | WorkflowExecutionCompletedResponse
    | WorkflowExecutionFailedResponse
    | WorkflowExecutionCanceledResponse
    | WorkflowExecutionContinuedAsNewResponse
    | WorkflowTaskTimedOutResponse
    | WorkflowTaskFailedResponse
    | CustomTaskStartedResponse
    | CustomTaskInProgressResponse
    | CustomTaskCompletedResponse
    | CustomTaskFailedResponse
    | CustomTaskTimedOutResponse
    | CustomTaskCanceledResponse
    | ActivityTaskStartedResponse
    | ActivityTaskCompletedResponse
    | ActivityTaskRetryingResponse
    | ActivityTaskFailedResponse
    | Unknown
)
"""An event of an execution, discriminated by `event_type`."""


@final
@attrs.frozen(kw_only=True)
class StreamEventWorkflowContext(Schema):
    """The execution that an event belongs to.

    Attributes:
        namespace: Namespace of the workflow.
        workflow_name: Name of the workflow.
        workflow_exec_id: ID of the execution.
        parent_workflow_exec_id: ID of the execution that started this one. `None` if no other
            execution started it.
        root_workflow_exec_id: ID of the execution that started the whole tree.
    """

    namespace: str | None = None
    workflow_name: str | None = None
    workflow_exec_id: str | None = None
    parent_workflow_exec_id: str | None = None
    root_workflow_exec_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class StreamEventSsePayload(Schema):
    """An event in a stream.

    Attributes:
        stream: Name of the stream.
        data: The event.
        workflow_context: The execution that the event belongs to.
        broker_sequence: Number of the event. To resume after it, pass this number plus 1 as
            `start_seq`.
        timestamp: Time of the event.
        metadata: Metadata of the event.
    """

    stream: str | None = None
    data: WorkflowEvent
    workflow_context: StreamEventWorkflowContext = attrs.field(factory=StreamEventWorkflowContext)
    broker_sequence: int
    timestamp: datetime | None = None
    metadata: dict[str, Any] | None = None


@final
@attrs.frozen(kw_only=True)
class ListWorkflowEventResponse(Schema):
    """A page of events.

    Attributes:
        events: Events on this page.
        next_cursor: Cursor of the next page. `None` on the last page.
    """

    events: list[WorkflowEvent] = attrs.field(factory=list[WorkflowEvent])
    next_cursor: str | None = None

    @property
    def data(self) -> list[WorkflowEvent]:
        """The events of this page."""
        return self.events
