"""The facts of the conventions agree with the packages of OpenTelemetry, and can fail."""

from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.semconv._incubating.attributes import (
    error_attributes,
    gen_ai_attributes,
    http_attributes,
    server_attributes,
)
from opentelemetry.semconv._incubating.metrics import gen_ai_metrics
from opentelemetry.trace import SpanKind

from mistral_funcs.toolkit.telemetry.instruments import METRICS
from tests.telemetry.conventions import EXCEPTIONS, FACTS, faults_of_metric, faults_of_span
from tests.telemetry.recording import Recording

NEWER_METRICS = {"gen_ai.execute_tool.duration", "gen_ai.invoke_agent.duration"}
"""Metrics of the conventions that the package does not have yet."""


def names_in(*modules: object) -> dict[str, str]:
    """Return the constants of modules, by value."""
    return {
        value: name for module in modules for name, value in vars(module).items() if name.isupper()
    }


def test_attributes_are_those_of_the_package() -> None:
    """By name, and none is deprecated; those that are exceptions are not in it."""
    known = names_in(gen_ai_attributes, error_attributes, http_attributes, server_attributes)
    assert FACTS["attributes"].keys() <= known.keys()
    assert not EXCEPTIONS.keys() & known.keys()


def test_values_are_those_of_the_package() -> None:
    """Those of enumerations, as far as they are listed."""
    enums: dict[str, Any] = {
        "gen_ai.operation.name": gen_ai_attributes.GenAiOperationNameValues,
        "gen_ai.provider.name": gen_ai_attributes.GenAiProviderNameValues,
        "gen_ai.output.type": gen_ai_attributes.GenAiOutputTypeValues,
        "gen_ai.token.type": gen_ai_attributes.GenAiTokenTypeValues,
    }
    listed = {name for name, kind in FACTS["attributes"].items() if isinstance(kind, list)}
    assert listed == enums.keys()
    for name, values in enums.items():
        known = {each.value for each in values}
        unknown = {*FACTS["attributes"][name]} - known
        assert unknown <= {"moonshot_ai"}, name


def test_metrics_are_those_of_the_package() -> None:
    """By name; units, buckets and attributes are compared when they are recorded."""
    known = names_in(gen_ai_metrics)
    assert FACTS["metrics"].keys() - NEWER_METRICS <= known.keys()
    assert METRICS.keys() == FACTS["metrics"].keys()


def test_other_spans_and_metrics_are_found() -> None:
    """So that the check can fail."""
    wrong = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "nobody",
        "gen_ai.request.model": "",
        "gen_ai.request.seed": 1.5,
        "gen_ai.response.finish_reasons": "stop",
        "gen_ai.own": "a",
    }
    span = ReadableSpan("completion", attributes=wrong, kind=SpanKind.SERVER)
    assert sorted(faults_of_span(span)) == [
        "completion: gen_ai.own is 'a', not unknown",
        "completion: gen_ai.provider.name is 'nobody'",
        "completion: gen_ai.request.seed is 1.5, not int",
        "completion: gen_ai.response.finish_reasons is 'stop'",
        "completion: it is of kind SERVER",
        "completion: its subject is ",
        "completion: lacks gen_ai.request.model",
    ]
    recording = Recording()
    meter = recording.meters.get_meter("app")
    duration = meter.create_histogram("gen_ai.client.token.usage", "s")
    duration.record(1, {"gen_ai.token.type": "all"})
    (metric,) = recording.metrics
    faults = list(faults_of_metric(metric))
    assert faults[0] == "gen_ai.client.token.usage: its unit is s"
    assert faults[1].startswith("gen_ai.client.token.usage: its buckets are (0.0, 5.0")
    assert faults[2] == "gen_ai.client.token.usage: gen_ai.token.type is 'all'"
