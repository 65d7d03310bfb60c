"""Attributes of the events of executions."""

from typing import final

import attrs

from mistral_core import Schema, Unknown
from mistral_funcs.schemas.workflows.payloads import JSONPatchPayloadResponse, JSONPayloadResponse


@final
@attrs.frozen(kw_only=True)
class WorkflowFailure(Schema):
    """An error that occurred during an execution.

    Attributes:
        message: What went wrong.
    """

    message: str | None = None


@attrs.frozen(kw_only=True)
class _ActivityTaskAttributes(Schema):
    """Base class for attributes of activities.

    Attributes:
        task_id: ID of the task.
        activity_name: Name of the activity.
    """

    task_id: str | None = None
    activity_name: str | None = None


@final
@attrs.frozen(kw_only=True)
class ActivityTaskCompletedAttributesResponse(_ActivityTaskAttributes):
    """Attributes of a completed activity.

    Attributes:
        result: The result.
    """

    result: JSONPayloadResponse = attrs.field(factory=JSONPayloadResponse)


@final
@attrs.frozen(kw_only=True)
class ActivityTaskFailedAttributes(_ActivityTaskAttributes):
    """Attributes of an activity that failed permanently.

    Attributes:
        attempt: Number of the attempt, from 1.
        failure: What went wrong.
    """

    attempt: int | None = None
    failure: WorkflowFailure = attrs.field(factory=WorkflowFailure)


@final
@attrs.frozen(kw_only=True)
class ActivityTaskRetryingAttributes(_ActivityTaskAttributes):
    """Attributes of an activity that failed and is retried.

    Attributes:
        attempt: Number of the attempt, from 1.
        failure: What went wrong.
    """

    attempt: int | None = None
    failure: WorkflowFailure = attrs.field(factory=WorkflowFailure)


@final
@attrs.frozen(kw_only=True)
class ActivityTaskStartedAttributesResponse(_ActivityTaskAttributes):
    """Attributes of a started activity.

    Attributes:
        input: The input.
    """

    input: JSONPayloadResponse = attrs.field(factory=JSONPayloadResponse)


@attrs.frozen(kw_only=True)
class _CustomTaskAttributes(Schema):
    """Base class for attributes of custom tasks.

    Attributes:
        custom_task_id: ID of the custom task.
        custom_task_type: Kind of custom task, such as `llm_call`.
    """

    custom_task_id: str | None = None
    custom_task_type: str | None = None


@final
@attrs.frozen(kw_only=True)
class CustomTaskCanceledAttributes(_CustomTaskAttributes):
    """Attributes of a canceled custom task.

    Attributes:
        reason: Why it was canceled.
    """

    reason: str | None = None


@final
@attrs.frozen(kw_only=True)
class CustomTaskCompletedAttributesResponse(_CustomTaskAttributes):
    """Attributes of a completed custom task.

    Attributes:
        payload: The result of the task.
    """

    payload: JSONPayloadResponse = attrs.field(factory=JSONPayloadResponse)


@final
@attrs.frozen(kw_only=True)
class CustomTaskFailedAttributes(_CustomTaskAttributes):
    """Attributes of a failed custom task.

    Attributes:
        failure: What went wrong.
    """

    failure: WorkflowFailure = attrs.field(factory=WorkflowFailure)


@final
@attrs.frozen(kw_only=True)
class CustomTaskInProgressAttributesResponse(_CustomTaskAttributes):
    """Attributes of a custom task in progress.

    Attributes:
        payload: The state of the task, or the changes to it.
    """

    payload: JSONPayloadResponse | JSONPatchPayloadResponse | Unknown = attrs.field(
        factory=JSONPayloadResponse
    )


@final
@attrs.frozen(kw_only=True)
class CustomTaskStartedAttributesResponse(_CustomTaskAttributes):
    """Attributes of a started custom task.

    Attributes:
        payload: The state of the task.
    """

    payload: JSONPayloadResponse | None = None


@final
@attrs.frozen(kw_only=True)
class CustomTaskTimedOutAttributes(_CustomTaskAttributes):
    """Attributes of a custom task that timed out.

    Attributes:
        timeout_type: Which time limit was exceeded.
    """

    timeout_type: str | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionCanceledAttributes(Schema):
    """Attributes of a canceled execution.

    Attributes:
        task_id: ID of the task.
        reason: Why it was canceled.
        attempt: Number of the attempt, from 1.
    """

    task_id: str | None = None
    reason: str | None = None
    attempt: int = 1


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionCompletedAttributesResponse(Schema):
    """Attributes of a completed execution.

    Attributes:
        task_id: ID of the task.
        result: Result of the workflow.
        attempt: Number of the attempt, from 1.
    """

    task_id: str | None = None
    result: JSONPayloadResponse = attrs.field(factory=JSONPayloadResponse)
    attempt: int = 1


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionContinuedAsNewAttributesResponse(Schema):
    """Attributes of an execution that continues as a new run.

    Attributes:
        task_id: ID of the task.
        new_execution_run_id: ID of the new run.
        workflow_name: Name of the workflow.
        input: Input of the new run.
    """

    task_id: str | None = None
    new_execution_run_id: str | None = None
    workflow_name: str | None = None
    input: JSONPayloadResponse = attrs.field(factory=JSONPayloadResponse)


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionFailedAttributes(Schema):
    """Attributes of a failed execution.

    Attributes:
        task_id: ID of the task.
        failure: What went wrong.
        attempt: Number of the attempt, from 1.
    """

    task_id: str | None = None
    failure: WorkflowFailure = attrs.field(factory=WorkflowFailure)
    attempt: int = 1


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionStartedAttributesResponse(Schema):
    """Attributes of a started execution.

    Attributes:
        task_id: ID of the task.
        workflow_name: Name of the workflow.
        input: Input of the workflow.
        display_name: Display name of the workflow.
        attempt: Number of the attempt, from 1.
    """

    task_id: str | None = None
    workflow_name: str | None = None
    input: JSONPayloadResponse = attrs.field(factory=JSONPayloadResponse)
    display_name: str | None = None
    attempt: int = 1


@final
@attrs.frozen(kw_only=True)
class WorkflowTaskFailedAttributes(Schema):
    """Attributes of a failed workflow task.

    Attributes:
        task_id: ID of the task.
        failure: What went wrong.
    """

    task_id: str | None = None
    failure: WorkflowFailure = attrs.field(factory=WorkflowFailure)


@final
@attrs.frozen(kw_only=True)
class WorkflowTaskTimedOutAttributes(Schema):
    """Attributes of a workflow task that timed out.

    Attributes:
        task_id: ID of the task.
        timeout_type: Which time limit was exceeded.
    """

    task_id: str | None = None
    timeout_type: str | None = None
