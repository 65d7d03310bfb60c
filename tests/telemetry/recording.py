"""Record telemetry in a test with the real SDK."""

from collections.abc import Mapping
from typing import Any

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import HistogramDataPoint, InMemoryMetricReader, Metric
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from mistral_core import Hooks, MistralCore, RetryConfig, Transport
from mistral_funcs import telemetry


class Recording:
    """Providers that keep their telemetry in memory.

    Attributes:
        tracers: The provider of tracers.
        meters: The provider of meters.
    """

    def __init__(self) -> None:
        """Keep spans and metrics in memory."""
        self._exporter = InMemorySpanExporter()
        self._reader = InMemoryMetricReader()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.meters = MeterProvider([self._reader])

    def hooks(self, **options: Any) -> Hooks:
        """Return hooks that record with these providers."""
        return telemetry(tracer_provider=self.tracers, meter_provider=self.meters, **options)

    def client(self, transport: Transport, **options: Any) -> MistralCore:
        """Return a client that records, and retries without pauses."""
        retries = RetryConfig(initial_interval=0)
        return MistralCore(transport=transport, retry_config=retries, hooks=self.hooks(**options))

    @property
    def spans(self) -> list[ReadableSpan]:
        """The ended spans, in order of their ends."""
        return list(self._exporter.get_finished_spans())

    @property
    def own_spans(self) -> list[ReadableSpan]:
        """The spans of telemetry, without those of tests."""
        scopes = [(span, span.instrumentation_scope) for span in self.spans]
        return [span for span, scope in scopes if scope and scope.name == "mistral_funcs"]

    @property
    def span(self) -> ReadableSpan:
        """The only span."""
        (span,) = self.spans
        return span

    def named(self, name: str) -> list[ReadableSpan]:
        """Return the spans with this name."""
        return [span for span in self.spans if span.name == name]

    @property
    def metrics(self) -> list[Metric]:
        """The metrics."""
        data = self._reader.get_metrics_data()
        if data is None:
            return []
        return [
            metric
            for resource in data.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        ]

    def points(self, name: str) -> list[tuple[Mapping[str, Any], int, float]]:
        """Return attributes, count and sum of each point of a metric."""
        return [
            (dict(point.attributes or {}), point.count, point.sum)
            for metric in self.metrics
            if metric.name == name
            for point in metric.data.data_points
            if isinstance(point, HistogramDataPoint)
        ]


def attributes_of(span: ReadableSpan) -> dict[str, Any]:
    """Return the attributes of a span."""
    return dict(span.attributes or {})
