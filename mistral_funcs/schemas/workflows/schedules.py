"""Schedules of workflows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias, final

import attrs

from mistral_core import UNSET, Schema, Unknown, Unset

ScheduleOverlapPolicy: TypeAlias = Literal[1, 2, 3, 4, 5, 6] | int
"""Behavior of a schedule while the previous execution is still running. Other values are accepted.

1 skips the new execution, 2 starts it afterwards, 3 does so for every one that was due, 4 cancels
the running one, 5 terminates it, and 6 runs them side by side.
"""


@final
@attrs.frozen(kw_only=True)
class ScheduleRange(Schema):
    """A range of numbers in a calendar.

    Attributes:
        start: First number.
        end: Last number. If it is lower than `start`, `start` is used.
        step: Step between the numbers. Defaults to 0, which means 1.
    """

    start: int
    end: int | None = None
    step: int | None = None


@final
@attrs.frozen(kw_only=True)
class ScheduleCalendar(Schema):
    """Calendar times: those that match all fields.

    Attributes:
        second: Seconds. Defaults to 0.
        minute: Minutes. Defaults to 0.
        hour: Hours. Defaults to 0.
        day_of_month: Days of the month. Defaults to all.
        month: Months, from 1. Defaults to all.
        year: Years. Defaults to all.
        day_of_week: Days of the week, from 0 (Sunday). Defaults to all.
        comment: A comment.
    """

    second: list[ScheduleRange | Unknown] | None = None
    minute: list[ScheduleRange | Unknown] | None = None
    hour: list[ScheduleRange | Unknown] | None = None
    day_of_month: list[ScheduleRange | Unknown] | None = None
    month: list[ScheduleRange | Unknown] | None = None
    year: list[ScheduleRange | Unknown] | None = None
    day_of_week: list[ScheduleRange | Unknown] | None = None
    comment: str | None = None


@final
@attrs.frozen(kw_only=True)
class ScheduleInterval(Schema):
    """Times at regular intervals.

    Attributes:
        every: Duration between two times, in ISO 8601: `PT1H` is an hour.
        offset: Duration by which the times are shifted, in ISO 8601.
    """

    every: str
    offset: str | None = None


@final
@attrs.frozen(kw_only=True)
class SchedulePolicy(Schema):
    """Behavior of a schedule when an execution is late, fails or overlaps with the next.

    Attributes:
        catchup_window_seconds: Seconds after its due time within which a missed execution is still
            started. Defaults to 31,536,000.
        overlap: What to do while the previous execution is still running. Defaults to 1.
        pause_on_failure: Whether to pause after an execution failed. Defaults to false.
    """

    catchup_window_seconds: int | None = None
    overlap: ScheduleOverlapPolicy | None = None
    pause_on_failure: bool | None = None


@final
@attrs.frozen(kw_only=True)
class ScheduleDefinition(Schema):
    """A new schedule: all times of `calendars`, `intervals` and cron, except those of `skip`.

    Attributes:
        input: Input of each execution.
        calendars: Times as calendars.
        intervals: Times as intervals.
        cron_expressions: Times as cron expressions.
        skip: Times to leave out.
        start_at: Time before which nothing is started.
        end_at: Time after which nothing is started.
        jitter: Maximum random delay of each execution, as a duration in ISO 8601.
        time_zone_name: Name of the time zone, such as `Europe/Paris`.
        policy: What to do when an execution is late, fails or overlaps with the next.
        max_executions: Maximum number of executions. `None` means no limit.
        schedule_id: ID of the schedule. Defaults to a random one.
    """

    input: Any
    calendars: Sequence[ScheduleCalendar | Mapping[str, Any]] | None = None
    intervals: Sequence[ScheduleInterval | Mapping[str, Any]] | None = None
    cron_expressions: Sequence[str] | None = None
    skip: Sequence[ScheduleCalendar | Mapping[str, Any]] | None = None
    start_at: datetime | None | Unset = UNSET
    end_at: datetime | None | Unset = UNSET
    jitter: str | None | Unset = UNSET
    time_zone_name: str | None | Unset = UNSET
    policy: SchedulePolicy | Mapping[str, Any] | None = None
    max_executions: int | None | Unset = UNSET
    schedule_id: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class PartialScheduleDefinition(Schema):
    """Changes to a schedule. Omitted fields keep their values.

    Attributes:
        input: Input of each execution.
        calendars: Times as calendars.
        intervals: Times as intervals.
        cron_expressions: Times as cron expressions.
        skip: Times to leave out.
        start_at: Time before which nothing is started.
        end_at: Time after which nothing is started.
        jitter: Maximum random delay of each execution, as a duration in ISO 8601.
        time_zone_name: Name of the time zone, such as `Europe/Paris`.
        policy: What to do when an execution is late, fails or overlaps with the next.
        max_executions: Maximum number of executions. `None` means no limit.
    """

    input: Any | None = None
    calendars: Sequence[ScheduleCalendar | Mapping[str, Any]] | None = None
    intervals: Sequence[ScheduleInterval | Mapping[str, Any]] | None = None
    cron_expressions: Sequence[str] | None = None
    skip: Sequence[ScheduleCalendar | Mapping[str, Any]] | None = None
    start_at: datetime | None | Unset = UNSET
    end_at: datetime | None | Unset = UNSET
    jitter: str | None | Unset = UNSET
    time_zone_name: str | None | Unset = UNSET
    policy: SchedulePolicy | Mapping[str, Any] | None = None
    max_executions: int | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class ScheduleFutureExecution(Schema):
    """An upcoming execution.

    Attributes:
        scheduled_at: When it is due.
    """

    scheduled_at: datetime | None = None


@final
@attrs.frozen(kw_only=True)
class ScheduleRecentExecution(Schema):
    """An execution that a schedule started.

    Attributes:
        scheduled_at: When it was due.
        started_at: When it started.
        execution_id: ID of the execution.
    """

    scheduled_at: datetime | None = None
    started_at: datetime | None = None
    execution_id: str | None = None


@final
@attrs.frozen(kw_only=True)
class ScheduleDefinitionOutput(Schema):
    """A schedule.

    Attributes:
        input: Input of each execution.
        schedule_id: ID of the schedule.
        workflow_name: Name of the workflow.
        paused: Whether it is paused.
        calendars: Times as calendars.
        intervals: Times as intervals.
        cron_expressions: Times as cron expressions.
        skip: Times to leave out.
        start_at: Time before which nothing is started.
        end_at: Time after which nothing is started.
        jitter: Maximum random delay of each execution, as a duration in ISO 8601.
        time_zone_name: Name of the time zone, such as `Europe/Paris`.
        policy: What to do when an execution is late, fails or overlaps with the next.
        remaining_executions: Number of executions that are left. `None` means no limit.
        deployment_name: Name of the deployment that runs the workflow.
        note: Note on pausing or resuming it.
        future_executions: The next executions, earliest first.
        recent_executions: The last executions, newest last.
    """

    input: Any | None = None
    schedule_id: str
    workflow_name: str | None = None
    paused: bool | None = None
    calendars: list[ScheduleCalendar] | None = None
    intervals: list[ScheduleInterval | Unknown] | None = None
    cron_expressions: list[str] | None = None
    skip: list[ScheduleCalendar] | None = None
    start_at: datetime | None = None
    end_at: datetime | None = None
    jitter: str | None = None
    time_zone_name: str | None = None
    policy: SchedulePolicy | None = None
    remaining_executions: int | None = None
    deployment_name: str | None = None
    note: str | None = None
    future_executions: list[ScheduleFutureExecution] | None = None
    recent_executions: list[ScheduleRecentExecution] | None = None


@final
@attrs.frozen(kw_only=True)
class WorkflowScheduleListResponse(Schema):
    """A page of schedules.

    Attributes:
        schedules: Schedules on this page.
        next_page_token: Token of the next page. `None` on the last page.
    """

    schedules: list[ScheduleDefinitionOutput | Unknown] = attrs.field(
        factory=list[ScheduleDefinitionOutput | Unknown]
    )
    next_page_token: str | None = None

    @property
    def data(self) -> list[ScheduleDefinitionOutput | Unknown]:
        """The schedules of this page."""
        return self.schedules


@final
@attrs.frozen(kw_only=True)
class WorkflowScheduleResponse(Schema):
    """The ID of a schedule.

    Attributes:
        schedule_id: ID of the schedule.
    """

    schedule_id: str


@final
@attrs.frozen(kw_only=True)
class WorkflowSchedulePauseRequest(Schema):
    """A note on pausing or resuming a schedule.

    Attributes:
        note: The note.
    """

    note: str | None | Unset = UNSET


@final
@attrs.frozen(kw_only=True)
class WorkflowScheduleTriggerRequest(Schema):
    """Options for triggering a schedule.

    Attributes:
        overlap: What to do while the previous execution is still running. Defaults to the policy of
            the schedule.
    """

    overlap: ScheduleOverlapPolicy | None | Unset = UNSET
