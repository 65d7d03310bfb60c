"""Hooks that record calls, runs and tool calls with OpenTelemetry."""

from typing import TYPE_CHECKING

from mistral_core import Hooks

if TYPE_CHECKING:
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import TracerProvider

    from mistral_funcs.toolkit.telemetry.recorded_content import Redact

__all__ = ["telemetry"]


def telemetry(
    *,
    tracer_provider: "TracerProvider | None" = None,
    meter_provider: "MeterProvider | None" = None,
    content: bool = False,
    redact: "Redact | None" = None,
    propagate: bool = True,
) -> Hooks:
    """Return hooks for a client that record spans and metrics with OpenTelemetry.

    They follow the semantic conventions for generative AI. Requires `opentelemetry-api`, which the
    extra `otel` installs.

    Args:
        tracer_provider: The provider of the tracer. Defaults to the global one.
        meter_provider: The provider of the meter. Defaults to the global one.
        content: Whether messages, instructions, tool arguments and results are recorded. They can
            contain personal data.
        redact: A function that is called with the name of an attribute and its value, before
            content is recorded. It returns the value to record, or `None` to leave it out.
        propagate: Whether to send the headers `traceparent` and `tracestate`, so that the server's
            spans are part of the trace. Baggage is never sent.

    Raises:
        ImportError: `opentelemetry-api` is not installed.
        ValueError: `redact` is given without `content`.
    """
    if redact is not None and not content:
        raise ValueError("`redact` requires `content=True`: without it, no content is recorded")
    try:
        from mistral_funcs.toolkit.telemetry.span_recorder import Recorder  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        message = (
            "`telemetry` requires the package `opentelemetry-api`, which the extra `otel` installs"
        )
        raise ImportError(message, name=error.name) from error
    recorder = Recorder(tracer_provider, meter_provider, content, redact, propagate)
    return Hooks(on_call=recorder.start_call, on_task=recorder.start_task)
