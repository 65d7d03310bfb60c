"""POST /v1/observability/spans/aggregate."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from mistral_core import JSON, UNSET, Failure, MistralCore, RequestOptions, Result, Unset, operation
from mistral_funcs.schemas.beta.observability.aggregations import (
    Aggregation,
    MetricDefinition,
    OrderByClause,
    TimeDimension,
)


@operation(
    "POST", "/v1/observability/spans/aggregate", returns=JSON(Aggregation), query=["from_", "to"]
)
async def beta_observability_spans_aggregate(
    client: MistralCore,
    *,
    metric: MetricDefinition | Mapping[str, Any],
    from_: datetime | None = None,
    to: datetime | None = None,
    dimensions: Sequence[str] | None = None,
    time_dimension: TimeDimension | Mapping[str, Any] | None | Unset = UNSET,
    search_expression: str | None | Unset = UNSET,
    order_by: Sequence[OrderByClause | Mapping[str, Any]] | None | Unset = UNSET,
    limit: int | None = None,
    options: RequestOptions | None = None,
) -> Result[Aggregation, Failure]:
    """Aggregate spans.

    Args:
        client: The client that sends the request.
        metric: The metric to compute.
        from_: Start of the time range.
        to: End of the time range.
        dimensions: Names of the fields to group by.
        time_dimension: Time buckets to group by.
        search_expression: Search expression.
        order_by: Order of the rows.
        limit: Maximum number of rows, from 1 to 10000. Defaults to 1,000.
        options: Per-call overrides: headers, timeout, retries, server URL.

    Returns:
        The rows of the aggregation.
    """
    ...
