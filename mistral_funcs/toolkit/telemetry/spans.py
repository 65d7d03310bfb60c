"""Spans: what the observers of calls, runs and tool calls have in common."""

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from contextvars import Token
from typing import Any, Final, final

from opentelemetry import baggage, context
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, StatusCode, Tracer, set_span_in_context

from mistral_core import MistralError
from mistral_funcs.toolkit.telemetry.request_attributes import Value
from mistral_funcs.toolkit.telemetry.response_facts import error_attributes

FROM_BAGGAGE: Final = ("gen_ai.conversation.id", "wf.workflow.execution_id")
"""Attributes that are taken from the baggage, if the application has put them there."""

CANCELLED: Final = {"error.type": "CancelledError"}
ABANDONED: Final = {"mistral_ai.stream.abandoned": True}


@final
class WorkSpan:
    """A span of a call, a run or a tool call, and what its metrics need.

    Attributes:
        attributes: The attributes so far.
        context: The context in which the span is the current one.
    """

    def __init__(
        self, tracer: Tracer, name: str, kind: SpanKind, attributes: Mapping[str, Value]
    ) -> None:
        """Start a span below the current one."""
        entries = {each: baggage.get_baggage(each) for each in FROM_BAGGAGE}
        texts = {each: value for each, value in entries.items() if isinstance(value, str)}
        self.attributes: dict[str, Value] = {**texts, **attributes}
        self._span = tracer.start_span(name, kind=kind, attributes=self.attributes)
        self.context = set_span_in_context(self._span)
        self._started = time.perf_counter()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._started

    @property
    def recording(self) -> bool:
        """Whether the span is sampled."""
        return self._span.is_recording()

    def set(self, attributes: Mapping[str, Value]) -> None:
        """Set attributes."""
        self.attributes.update(attributes)
        self._span.set_attributes(attributes)

    def event(self, name: str, attributes: Mapping[str, Value]) -> None:
        """Add an event."""
        self._span.add_event(name, attributes)

    def fail(self, error: MistralError | Mapping[str, Value]) -> None:
        """Mark the span as failed. The message of an error, which can contain content, is not set.

        Args:
            error: The error, or the attributes that describe it.
        """
        self.set(error_attributes(error) if isinstance(error, MistralError) else error)
        self._span.set_status(StatusCode.ERROR)

    def end(self) -> float:
        """End the span, and return its duration in seconds."""
        duration = self.elapsed
        self._span.end()
        return duration

    def current(self) -> AbstractContextManager[object]:
        """Return a context manager in which the span is the current one."""
        return _Current(self.context)


@final
class _Current(AbstractContextManager[None]):
    """A scope in which a context is the current one."""

    def __init__(self, inner: Context) -> None:
        self._inner = inner
        self._token: Token[Any] | None = None

    def __enter__(self) -> None:
        self._token = context.attach(self._inner)

    def __exit__(self, *error: object) -> None:
        # A coroutine that is closed, not resumed, may be closed in another context.
        if self._token is not None and error[0] is not GeneratorExit:
            context.detach(self._token)
