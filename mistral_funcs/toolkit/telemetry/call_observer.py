"""Spans and metrics of calls."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Final, final

import attrs
from opentelemetry.trace import SpanKind, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from mistral_core import Attempt, Call, Err, Observer, Ok, Request, StartedCall
from mistral_core.errors import MistralError
from mistral_funcs.toolkit.telemetry.genai_operations import operation_name, span_name
from mistral_funcs.toolkit.telemetry.instruments import Instruments, dimensions
from mistral_funcs.toolkit.telemetry.recorded_content import (
    Content,
    request_content,
    response_content,
    stream_content,
)
from mistral_funcs.toolkit.telemetry.request_attributes import (
    Value,
    arguments_of,
    call_attributes,
)
from mistral_funcs.toolkit.telemetry.response_facts import ResponseFacts, error_type
from mistral_funcs.toolkit.telemetry.spans import ABANDONED, CANCELLED, WorkSpan

PROPAGATOR: Final = TraceContextTextMapPropagator()


@final
class CallObserver(Observer):
    """The span of a call, which for a stream ends with the stream, and its metrics."""

    def __init__(
        self,
        started: StartedCall,
        tracer: Tracer,
        instruments: Instruments,
        content: Content,
        *,
        propagate: bool,
    ) -> None:
        """Start the span of a call."""
        attributes = call_attributes(started)
        self._span = WorkSpan(tracer, span_name(attributes), SpanKind.CLIENT, attributes)
        self._instruments = instruments
        self._propagate = propagate
        self._facts: ResponseFacts | None = None
        operation = operation_name(started.operation)
        if operation is not None:
            self._facts = ResponseFacts(operation)
        # Content is prepared for spans that are sampled only.
        is_recorded = self._facts is not None and self._span.recording
        self._content = content if is_recorded else Content()
        self._span.set(
            self._content.record(lambda: request_content(operation or "", arguments_of(started)))
        )
        self._items: list[Any] = []
        self._first: float | None = None
        self._latest = 0.0
        self._dimensions: Mapping[str, Value] = {}
        self._is_open = False

    def active(self) -> AbstractContextManager[object]:
        """Make the span the current one while requests are sent."""
        return self._span.current()

    def before_request(self, attempt: Attempt) -> Request | None:
        """Add `traceparent` and `tracestate`, unless the caller has set them."""
        request = attempt.request
        if not self._propagate or "traceparent" in request.headers:
            return None
        headers = dict(request.headers)
        PROPAGATOR.inject(headers, self._span.context)
        return attrs.evolve(request, headers=headers)

    def before_retry(self, attempt: Attempt) -> None:
        """Add an event for the failed attempt."""
        failure: Any = attempt.outcome
        status: int | None = getattr(failure, "status", None)
        self._span.event(
            "mistral_ai.retry",
            {
                "error.type": error_type(failure),
                "http.request.resend_count": attempt.number,
                "mistral_ai.retry.pause": attempt.pause or 0.0,
                **({} if status is None else {"http.response.status_code": status}),
            },
        )

    def opened(self, call: Call) -> None:
        """Set the attributes of a response that are known when its stream is opened."""
        self._is_open = True
        self._span.set(_metadata(call))

    def received(self, item: Any) -> None:
        """Read what an item contains about the response."""
        if self._facts is None:  # A download, for example.
            return
        elapsed = self._span.elapsed
        self._facts.add(item)
        if self._first is None:
            self._first = elapsed
            self._span.set({"gen_ai.response.time_to_first_chunk": elapsed})
            self._dimensions = dimensions({**self._span.attributes, **self._facts.attributes})
        else:
            self._instruments.record(
                "gen_ai.client.operation.time_per_output_chunk",
                elapsed - self._latest,
                self._dimensions,
            )
        self._latest = elapsed
        if self._content.enabled:
            self._items.append(item)

    def ended(self, result: Any) -> None:
        """Set all that is known, end the span, and record the metrics."""
        outcome: Ok[Any] | Err[MistralError] | None = result
        try:
            if outcome is not None:
                self._span.set(_metadata(outcome.call))
            self._set_response(outcome)
            self._set_outcome(outcome)
        finally:
            duration = self._span.end()
            self._instruments.record_call(self._span.attributes, duration, self._first)

    def _set_response(self, result: Ok[Any] | Err[MistralError] | None) -> None:
        if self._facts is None:
            return
        if self._is_open:
            self._span.set(self._content.record(lambda: stream_content(self._items)))
        elif isinstance(result, Ok):
            self._facts.add(result.value)
            self._span.set(self._content.record(lambda: response_content(result.value)))
        self._span.set(self._facts.attributes)

    def _set_outcome(self, result: Ok[Any] | Err[MistralError] | None) -> None:
        reported = None if self._facts is None else self._facts.error
        if isinstance(result, Err):
            self._span.fail(result.error)
        elif reported is not None:
            self._span.fail({"error.type": reported})
        elif result is None and self._is_open:
            self._span.set(ABANDONED)
        elif result is None:
            self._span.fail(CANCELLED)


def _metadata(call: Call) -> Mapping[str, Value]:
    """Return the attributes that the metadata of a call contains."""
    attributes: dict[str, Value] = {}
    if call.status is not None:
        attributes["http.response.status_code"] = call.status
    if call.attempts > 1:
        attributes["http.request.resend_count"] = call.attempts - 1
    if call.request_id:
        attributes["mistral_ai.request.id"] = call.request_id
    return attributes
