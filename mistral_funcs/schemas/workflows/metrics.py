"""Metrics of workflows."""

from typing import final

import attrs

from mistral_core import Schema


@final
@attrs.frozen(kw_only=True)
class ScalarMetric(Schema):
    """A metric with a single value.

    Attributes:
        value: The value.
    """

    value: int | float | None = None


@final
@attrs.frozen(kw_only=True)
class TimeSeriesMetric(Schema):
    """A metric over time.

    Attributes:
        value: Pairs of a time and a value.
    """

    value: list[list[int | float]] = attrs.field(factory=list[list[int | float]])


@final
@attrs.frozen(kw_only=True)
class WorkflowMetrics(Schema):
    """Metrics of a workflow.

    Attributes:
        execution_count: Number of executions.
        success_count: Number of executions that completed.
        error_count: Number of executions that failed.
        average_latency_ms: Average latency of an execution in milliseconds.
        latency_over_time: Latency over time.
        retry_rate: Rate of retries.
    """

    execution_count: ScalarMetric = attrs.field(factory=ScalarMetric)
    success_count: ScalarMetric = attrs.field(factory=ScalarMetric)
    error_count: ScalarMetric = attrs.field(factory=ScalarMetric)
    average_latency_ms: ScalarMetric = attrs.field(factory=ScalarMetric)
    latency_over_time: TimeSeriesMetric = attrs.field(factory=TimeSeriesMetric)
    retry_rate: ScalarMetric = attrs.field(factory=ScalarMetric)
