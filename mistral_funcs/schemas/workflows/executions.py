"""Executions of workflows, and responses to signals, queries and updates."""

from datetime import datetime
from typing import Any, ClassVar, Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

WorkflowExecutionStatus: TypeAlias = (
    Literal[
        "RUNNING",
        "COMPLETED",
        "FAILED",
        "CANCELED",
        "TERMINATED",
        "CONTINUED_AS_NEW",
        "TIMED_OUT",
        "RETRYING_AFTER_ERROR",
    ]
    | str
)
"""Status of an execution. Other values are accepted."""


@attrs.frozen(kw_only=True)
class _Execution(Schema):
    """Base class for executions.

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


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionWithoutResultResponse(_Execution):
    """An execution in a list."""


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionResponse(_Execution):
    """An execution.

    Attributes:
        result: Result of the workflow. `None` if there is none yet.
        search_keys: Search keys of the execution, if requested.
    """

    result: Any | None = None
    search_keys: dict[str, str | None] | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionSyncResponse(Schema):
    """The result of an execution, for calls with `wait_for_result`.

    Attributes:
        workflow_name: Name of the workflow.
        execution_id: ID of the execution.
        result: Result of the workflow.
    """

    workflow_name: str | None = None
    execution_id: str
    result: Any | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowExecutionListResponse(Schema):
    """A page of executions.

    Attributes:
        executions: Executions on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    executions: list[WorkflowExecutionWithoutResultResponse | Unknown] = attrs.field(
        factory=list[WorkflowExecutionWithoutResultResponse | Unknown]
    )
    next_page_token: str | None = None

    @property
    def data(self) -> list[WorkflowExecutionWithoutResultResponse | Unknown]:
        """The executions of this page."""
        return self.executions


@final
@attrs.frozen(kw_only=True)
class SignalWorkflowResponse(Schema):
    """The response to a signal.

    Attributes:
        message: Message about whether the signal was accepted.
    """

    _may_be_empty: ClassVar[bool] = True

    message: str = "Signal accepted"


@final
@attrs.frozen(kw_only=True)
class QueryWorkflowResponse(Schema):
    """The response to a query.

    Attributes:
        query_name: Name of the query.
        result: Result of the query.
    """

    query_name: str | None = None
    result: Any | None = None


@final
@attrs.frozen(kw_only=True)
class UpdateWorkflowResponse(Schema):
    """The response to an update.

    Attributes:
        update_name: Name of the update.
        result: Result of the update.
    """

    update_name: str | None = None
    result: Any | None = None


@final
@attrs.frozen(kw_only=True)
class BatchExecutionResult(Schema):
    """The outcome for one execution.

    Attributes:
        status: Whether it succeeded.
        error: What went wrong.
    """

    status: str | None = None
    error: str | None = None


@final
@attrs.frozen(kw_only=True)
class BatchExecutionResponse(Schema):
    """The outcome for each of several executions.

    Attributes:
        results: The outcomes, by execution ID.
    """

    _may_be_empty: ClassVar[bool] = True

    results: dict[str, BatchExecutionResult] | None = None
