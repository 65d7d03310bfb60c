"""OpenTelemetry's own instrumentation of aiohttp traces the requests of the client."""

from collections.abc import Iterator

import pytest
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from mistral_core import MistralCore, Ok, RetryConfig
from mistral_funcs import models_list, telemetry
from mistral_funcs.sandbox import Sandbox


@pytest.fixture
def provider() -> TracerProvider:
    """Return the tracer provider of a service."""
    return TracerProvider()


@pytest.fixture
def spans(provider: TracerProvider) -> Iterator[InMemorySpanExporter]:
    """Instrument aiohttp as a service would, and yield the exporter."""
    exporter = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = AioHttpClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()


async def test_each_attempt_is_a_span(spans: InMemorySpanExporter) -> None:
    """With its status. The trace continues at the server."""
    sandbox = Sandbox()
    sandbox.fail(503)
    retries = RetryConfig(initial_interval=0)
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url, retry_config=retries) as client,
    ):
        assert isinstance(await models_list(client), Ok)
    finished = spans.get_finished_spans()
    assert [span.name for span in finished] == ["GET", "GET"]
    statuses = [dict(span.attributes or {}).get("http.status_code") for span in finished]
    assert statuses == [503, 200]
    assert all("traceparent" in request.headers for request in sandbox.requests)


async def test_requests_are_children_of_the_call(
    spans: InMemorySpanExporter, provider: TracerProvider
) -> None:
    """With both instrumentations there is one span per call, with a child per attempt."""
    sandbox = Sandbox()
    sandbox.fail(503)
    retries = RetryConfig(initial_interval=0)
    hooks = telemetry(tracer_provider=provider)
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url, retry_config=retries, hooks=hooks) as client,
    ):
        assert isinstance(await models_list(client), Ok)
    first, second, call = spans.get_finished_spans()
    assert (call.name, call.parent) == ("models_list", None)
    assert first.parent == second.parent == call.context
    received = [request.headers["traceparent"].split("-")[2] for request in sandbox.requests]
    assert received == [f"{each.context.span_id:016x}" for each in (first, second) if each.context]
