"""The recorded conventions agree with the packages of OpenTelemetry, and the check can fail."""

from importlib import import_module
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.trace import SpanKind

from mistral_funcs.toolkit.telemetry.instruments import METRICS
from tests.telemetry.conventions import EXCEPTIONS, FACTS, faults_of_metric, faults_of_span
from tests.telemetry.recording import Recording

NEWER_METRICS = {"gen_ai.execute_tool.duration", "gen_ai.invoke_agent.duration"}
"""Metrics of the conventions that the package does not contain yet."""


def package(name: str) -> Any:
    """Return a module of the package with the conventions as constants."""
    return import_module(f"opentelemetry.semconv._incubating.{name}")


def constants(*names: str) -> set[str]:
    """Return the constant values in modules."""
    modules: list[dict[str, Any]] = [vars(package(name)) for name in names]
    return {value for each in modules for name, value in each.items() if name.isupper()}


def test_attributes_are_in_the_package() -> None:
    """By name. Exceptions are not in it."""
    topics = ("gen_ai", "error", "http", "server")
    names_in_package = constants(*(f"attributes.{topic}_attributes" for topic in topics))
    assert FACTS["attributes"].keys() <= names_in_package
    assert not EXCEPTIONS.keys() & names_in_package


def test_values_are_in_the_package() -> None:
    """Listed values of enumerations."""
    module = package("attributes.gen_ai_attributes")
    enums = {
        "gen_ai.operation.name": module.GenAiOperationNameValues,
        "gen_ai.provider.name": module.GenAiProviderNameValues,
        "gen_ai.output.type": module.GenAiOutputTypeValues,
        "gen_ai.token.type": module.GenAiTokenTypeValues,
    }
    listed = {name for name, kind in FACTS["attributes"].items() if isinstance(kind, list)}
    assert listed == enums.keys()
    for name, values in enums.items():
        values_in_package = {each.value for each in values}
        unknown = {*FACTS["attributes"][name]} - values_in_package
        assert unknown <= {"moonshot_ai"}, name


def test_metrics_are_in_the_package() -> None:
    """By name. Units, buckets and attributes are checked when they are recorded."""
    assert FACTS["metrics"].keys() - NEWER_METRICS <= constants("metrics.gen_ai_metrics")
    assert METRICS.keys() == FACTS["metrics"].keys()


def test_violations_are_reported() -> None:
    """The check can fail."""
    wrong: dict[str, Any] = {
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
