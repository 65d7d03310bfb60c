"""Fields of logs, spans and traces for search expressions."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown

AggregationFunction: TypeAlias = (
    Literal["count", "count_distinct", "sum", "avg", "min", "max", "p50", "p90", "p95", "p99"] | str
)
"""An aggregation function. Other values are accepted."""


FilterOperator: TypeAlias = (
    Literal[
        "lt",
        "lte",
        "gt",
        "gte",
        "eq",
        "neq",
        "in",
        "not_in",
        "between",
        "not_between",
        "like",
        "not_like",
        "ilike",
        "not_ilike",
        "regexp",
        "not_regexp",
        "contains",
        "not_contains",
        "exists",
        "not_exists",
        "has",
        "hasAny",
        "hasAll",
        "hasToken",
    ]
    | str
)
"""Operator in a search expression. Other values are accepted."""


@final
@attrs.frozen(kw_only=True)
class OtelFieldDefinition(Schema):
    """A field of logs, spans or traces.

    Attributes:
        type: Type of its values.
        name: Name of the field.
        label: Display name.
        supported_operators: Operators that it can be compared with.
        supported_aggregations: Functions that can aggregate it.
        group: Group of the field.
        source_attribute_key: Name of the OpenTelemetry attribute that it is read from. `None` if it
            is not read from one.
    """

    type: (
        Literal["ENUM", "TEXT", "INT", "FLOAT", "BOOL", "TIMESTAMP", "ARRAY", "MAP"] | str | None
    ) = None
    name: str
    label: str | None = None
    supported_operators: list[FilterOperator] = attrs.field(factory=list[FilterOperator])
    supported_aggregations: list[AggregationFunction] = attrs.field(
        factory=list[AggregationFunction]
    )
    group: str | None = None
    source_attribute_key: str | None = None


@final
@attrs.frozen(kw_only=True)
class GetLogFieldOptions(Schema):
    """The values of a field of log records.

    Attributes:
        options: The values.
    """

    options: list[str] | None = attrs.field(factory=list[str])


@final
@attrs.frozen(kw_only=True)
class GetLogFields(Schema):
    """The fields of log records.

    Attributes:
        field_definitions: The fields.
    """

    field_definitions: list[OtelFieldDefinition | Unknown] = attrs.field(
        factory=list[OtelFieldDefinition | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class GetSpanEvaluationFieldOptions(Schema):
    """The values of a field of evaluations of spans.

    Attributes:
        options: The values.
    """

    options: list[str] | None = attrs.field(factory=list[str])


@final
@attrs.frozen(kw_only=True)
class GetSpanEvaluationFields(Schema):
    """The fields of evaluations of spans.

    Attributes:
        field_definitions: The fields.
    """

    field_definitions: list[OtelFieldDefinition | Unknown] = attrs.field(
        factory=list[OtelFieldDefinition | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class GetSpanFieldOptions(Schema):
    """The values of a field of spans.

    Attributes:
        options: The values.
    """

    options: list[str] | None = attrs.field(factory=list[str])


@final
@attrs.frozen(kw_only=True)
class GetSpanFields(Schema):
    """The fields of spans.

    Attributes:
        field_definitions: The fields.
    """

    field_definitions: list[OtelFieldDefinition | Unknown] = attrs.field(
        factory=list[OtelFieldDefinition | Unknown]
    )


@final
@attrs.frozen(kw_only=True)
class GetTraceFieldOptions(Schema):
    """The values of a field of traces.

    Attributes:
        options: The values.
    """

    options: list[str] | None = attrs.field(factory=list[str])


@final
@attrs.frozen(kw_only=True)
class GetTraceFields(Schema):
    """The fields of traces.

    Attributes:
        field_definitions: The fields.
    """

    field_definitions: list[OtelFieldDefinition | Unknown] = attrs.field(
        factory=list[OtelFieldDefinition | Unknown]
    )
