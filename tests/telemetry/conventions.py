"""The semantic conventions as data, and a check for telemetry that violates them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from opentelemetry.sdk.metrics.export import HistogramDataPoint, Metric
from opentelemetry.sdk.trace import ReadableSpan

FACTS: Mapping[str, Any] = json.loads((Path(__file__).parent / "facts" / "gen_ai.json").read_text())

EXCEPTIONS: Mapping[str, tuple[str, str]] = {
    "mistral_ai.error.code": ("string", "the API's own code, which Mistral's clients report so"),
    "mistral_ai.ocr.usage.doc_size_bytes": ("int", "OCR has no tokens; Mistral's own name"),
    "mistral_ai.ocr.usage.pages_processed": ("int", "OCR has no tokens; Mistral's own name"),
    "mistral_ai.request.id": ("string", "the conventions have headers only, whose name varies"),
    "mistral_ai.retry.pause": ("double", "the conventions say nothing of pauses"),
    "mistral_ai.stream.abandoned": ("boolean", "the conventions know complete streams only"),
    "wf.workflow.execution_id": ("string", "taken from the baggage of Mistral's workflows"),
}
"""Attributes that are not in the conventions, with their types and the reasons."""

TYPES: Mapping[str, type[object]] = {
    "string": str,
    "int": int,
    "double": float,
    "boolean": bool,
    "any": str,
}
"""Python types. A value of any type is recorded as JSON."""


def faults_of_span(span: ReadableSpan) -> Iterator[str]:
    """Yield the faults of a span."""
    attributes = dict(span.attributes or {})
    for event in span.events:
        yield from _faults(f"{span.name}/{event.name}", dict(event.attributes or {}))
    yield from _faults(span.name, attributes)
    operation = attributes["gen_ai.operation.name"]
    expected = FACTS["spans"].get(operation)
    if expected is None:
        return
    if span.kind.name not in expected["kind"]:
        yield f"{span.name}: it is of kind {span.kind.name}"
    subject = attributes.get(expected["subject"])
    if span.name != (f"{operation} {subject}" if subject else operation):
        yield f"{span.name}: its subject is {subject}"
    yield from (
        f"{span.name}: lacks {each}" for each in expected["required"] if not attributes[each]
    )


def faults_of_metric(metric: Metric) -> Iterator[str]:
    """Yield the faults of a metric."""
    expected = FACTS["metrics"][metric.name]
    if metric.unit != expected["unit"]:
        yield f"{metric.name}: its unit is {metric.unit}"
    for point in metric.data.data_points:
        assert isinstance(point, HistogramDataPoint)
        attributes = dict(point.attributes or {})
        if list(point.explicit_bounds) != expected["buckets"]:
            yield f"{metric.name}: its buckets are {point.explicit_bounds}"
        yield from _faults(metric.name, attributes)
        unexpected = attributes.keys() - {*expected["attributes"]}
        yield from (f"{metric.name}: has {each}" for each in sorted(unexpected))


def _faults(place: str, attributes: Mapping[str, Any]) -> Iterator[str]:
    for name, value in attributes.items():
        kind = FACTS["attributes"].get(name) or EXCEPTIONS.get(name, ("unknown",))[0]
        if isinstance(kind, list):
            is_custom = name == "gen_ai.operation.name" and value not in FACTS["spans"]
            if value not in kind and not is_custom:
                yield f"{place}: {name} is {value!r}"
        elif kind.endswith("[]"):
            items = cast("tuple[Any, ...]", value)
            if items.__class__ is not tuple or not all(isinstance(each, str) for each in items):
                yield f"{place}: {name} is {value!r}"
        elif value.__class__ is not TYPES.get(kind):
            yield f"{place}: {name} is {value!r}, not {kind}"
