"""OpenTelemetry: its own instrumentation of aiohttp traces our requests, with no code of ours."""

from collections.abc import Iterator

import pytest
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from mistral_core import MistralCore, Ok, RetryConfig
from mistral_funcs import models_list
from mistral_funcs.sandbox import Sandbox


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """Instrument aiohttp as a service would, and yield what it exports."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor = AioHttpClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    yield exporter
    instrumentor.uninstrument()


async def test_each_attempt_is_a_span(spans: InMemorySpanExporter) -> None:
    """With its status, and the trace goes on at the server."""
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
