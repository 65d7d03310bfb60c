"""Traces in the JSON format of OpenTelemetry."""

from typing import Literal, TypeAlias, final

import attrs

from mistral_core import Schema, Unknown


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttributeStringValue(Schema):
    """A string.

    Attributes:
        string_value: The string.
    """

    string_value: str = attrs.field(metadata={"json_key": "stringValue"})


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttributeIntValue(Schema):
    """An integer.

    Attributes:
        int_value: The integer, as a string.
    """

    int_value: str = attrs.field(metadata={"json_key": "intValue"})


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttributeDoubleValue(Schema):
    """A number.

    Attributes:
        double_value: The number.
    """

    double_value: float = attrs.field(metadata={"json_key": "doubleValue"})


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttributeBoolValue(Schema):
    """A boolean.

    Attributes:
        bool_value: The boolean.
    """

    bool_value: bool = attrs.field(metadata={"json_key": "boolValue"})


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttributeArrayElement(Schema):
    """An element of an array: one of the fields is set.

    Attributes:
        string_value: The string.
        int_value: The integer, as a string.
        double_value: The number.
        bool_value: The boolean.
    """

    string_value: str | None = attrs.field(default=None, metadata={"json_key": "stringValue"})
    int_value: str | None = attrs.field(default=None, metadata={"json_key": "intValue"})
    double_value: float | None = attrs.field(default=None, metadata={"json_key": "doubleValue"})
    bool_value: bool | None = attrs.field(default=None, metadata={"json_key": "boolValue"})


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttributeArrayContainer(Schema):
    """The elements of an array.

    Attributes:
        values: The elements.
    """

    values: list[TempoTraceAttributeArrayElement] | None = None


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttributeArrayValue(Schema):
    """An array.

    Attributes:
        array_value: The array.
    """

    array_value: TempoTraceAttributeArrayContainer = attrs.field(
        metadata={"json_key": "arrayValue"}
    )


TempoTraceAttributeValue: TypeAlias = (
    TempoTraceAttributeStringValue
    | TempoTraceAttributeIntValue
    | TempoTraceAttributeDoubleValue
    | TempoTraceAttributeBoolValue
    | TempoTraceAttributeArrayValue
    | Unknown
)
"""A value of an attribute, in the class of its type."""


@final
@attrs.frozen(kw_only=True)
class TempoTraceAttribute(Schema):
    """An attribute.

    Attributes:
        key: Name of the attribute.
        value: The value.
    """

    key: str
    value: TempoTraceAttributeValue


@final
@attrs.frozen(kw_only=True)
class TempoTraceResource(Schema):
    """The resource that spans come from, such as a service.

    Attributes:
        attributes: Attributes of the resource.
    """

    attributes: list[TempoTraceAttribute | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class TempoTraceScope(Schema):
    """An instrumentation scope.

    Attributes:
        name: Name of the scope.
    """

    name: str | None = None


@final
@attrs.frozen(kw_only=True)
class TempoTraceEvent(Schema):
    """An event of a span.

    Attributes:
        name: Name of the event.
        time_unix_nano: When it occurred, in nanoseconds since the Unix epoch.
        attributes: Attributes of the event.
    """

    name: str | None = None
    time_unix_nano: str | None = attrs.field(default=None, metadata={"json_key": "timeUnixNano"})
    attributes: list[TempoTraceAttribute | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class TempoTraceSpan(Schema):
    """A span.

    Attributes:
        trace_id: ID of the trace.
        span_id: ID of the span.
        name: Name of the span.
        kind: Kind of span.
        start_time_unix_nano: When it started, in nanoseconds since the Unix epoch.
        end_time_unix_nano: When it ended, in nanoseconds since the Unix epoch.
        parent_span_id: ID of the parent span.
        attributes: Attributes of the span.
        events: Events of the span.
    """

    trace_id: str | None = attrs.field(default=None, metadata={"json_key": "traceId"})
    span_id: str = attrs.field(metadata={"json_key": "spanId"})
    name: str | None = None
    kind: Literal["SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT"] | str | None = None
    start_time_unix_nano: str | None = attrs.field(
        default=None, metadata={"json_key": "startTimeUnixNano"}
    )
    end_time_unix_nano: str | None = attrs.field(
        default=None, metadata={"json_key": "endTimeUnixNano"}
    )
    parent_span_id: str | None = attrs.field(default=None, metadata={"json_key": "parentSpanId"})
    attributes: list[TempoTraceAttribute | Unknown] | None = None
    events: list[TempoTraceEvent] | None = None


@final
@attrs.frozen(kw_only=True)
class TempoTraceScopeSpan(Schema):
    """The spans of an instrumentation scope.

    Attributes:
        scope: The instrumentation scope.
        spans: The spans.
    """

    scope: TempoTraceScope = attrs.field(factory=TempoTraceScope)
    spans: list[TempoTraceSpan | Unknown] | None = None


@final
@attrs.frozen(kw_only=True)
class TempoTraceBatch(Schema):
    """The spans of a resource.

    Attributes:
        resource: The resource.
        scope_spans: The spans, by instrumentation scope.
    """

    resource: TempoTraceResource = attrs.field(factory=TempoTraceResource)
    scope_spans: list[TempoTraceScopeSpan] | None = attrs.field(
        default=None, metadata={"json_key": "scopeSpans"}
    )


@final
@attrs.frozen(kw_only=True)
class TempoGetTraceResponse(Schema):
    """A trace.

    Attributes:
        batches: The spans, by resource.
    """

    batches: list[TempoTraceBatch] | None = None
