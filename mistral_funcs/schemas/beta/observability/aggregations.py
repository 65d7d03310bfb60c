"""Aggregations of spans and traces."""

from datetime import datetime
from typing import Any, Literal, final

import attrs

from mistral_core import Schema
from mistral_funcs.schemas.beta.observability.fields import AggregationFunction


@final
@attrs.frozen(kw_only=True)
class MetricDefinition(Schema):
    """A metric to compute.

    Attributes:
        measure: Field to aggregate.
        aggregation: Aggregation function.
    """

    measure: str
    aggregation: AggregationFunction


@final
@attrs.frozen(kw_only=True)
class OrderByClause(Schema):
    """A sort order of rows.

    Attributes:
        field: Field to sort by.
        direction: Sort direction: `"asc"` or `"desc"`. Defaults to `"asc"`.
    """

    field: str
    direction: Literal["asc", "desc"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class TimeDimension(Schema):
    """A grouping by time.

    Attributes:
        granularity: Length of a time bucket. Defaults to `"auto"`.
    """

    granularity: (
        Literal["auto", "second", "minute", "hour", "day", "week", "month"] | str | None
    ) = None


@final
@attrs.frozen(kw_only=True)
class AggregationRow(Schema):
    """A value of a metric.

    Attributes:
        metric_name: Name of the metric.
        time_bucket: Start of the time bucket.
        dimensions: Values of the dimensions.
        metric_value: Value of the metric.
    """

    metric_name: str | None = None
    time_bucket: datetime | None = None
    dimensions: dict[str, Any] | None = None
    metric_value: float | int | None = None


@final
@attrs.frozen(kw_only=True)
class AggregationMeta(Schema):
    """The time range of an aggregation.

    Attributes:
        from_timestamp: Start of the time range.
        to_timestamp: End of the time range.
        granularity_seconds: Length of a time bucket in seconds.
    """

    from_timestamp: datetime | None = None
    to_timestamp: datetime | None = None
    granularity_seconds: int | None = None


@final
@attrs.frozen(kw_only=True)
class Aggregation(Schema):
    """An aggregation.

    Attributes:
        data: The rows.
        meta: The time range of the aggregation.
    """

    data: list[AggregationRow] = attrs.field(factory=list[AggregationRow])
    meta: AggregationMeta = attrs.field(factory=AggregationMeta)
