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
        aggregation: Function of the metric.
    """

    measure: str
    aggregation: AggregationFunction


@final
@attrs.frozen(kw_only=True)
class OrderByClause(Schema):
    """An order of rows.

    Attributes:
        field: Field to sort by.
        direction: Order: `asc` or `desc`. Defaults to `"asc"`.
    """

    field: str
    direction: Literal["asc", "desc"] | str | None = None


@final
@attrs.frozen(kw_only=True)
class TimeDimension(Schema):
    """An aggregation by time.

    Attributes:
        granularity: Length of a period. Defaults to `"auto"`.
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
        time_bucket: Beginning of the period.
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
    """The period of an aggregation.

    Attributes:
        from_timestamp: Beginning of the whole period.
        to_timestamp: End of the whole period.
        granularity_seconds: Length of a period in seconds.
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
        meta: The period of the aggregation.
    """

    data: list[AggregationRow] = attrs.field(factory=list[AggregationRow])
    meta: AggregationMeta = attrs.field(factory=AggregationMeta)
