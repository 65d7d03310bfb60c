"""The hooks of `telemetry`, which start the spans."""

from typing import Any, final

from opentelemetry.metrics import MeterProvider, get_meter
from opentelemetry.trace import TracerProvider, get_tracer

from mistral_core import Observer, StartedCall, __version__
from mistral_funcs.toolkit.runs.run_tasks import StartedRun, StartedTool
from mistral_funcs.toolkit.telemetry.call_observer import CallObserver
from mistral_funcs.toolkit.telemetry.instruments import Instruments
from mistral_funcs.toolkit.telemetry.recorded_content import Content, Redact
from mistral_funcs.toolkit.telemetry.run_observers import RunObserver, ToolObserver

SCOPE = "mistral_funcs"


@final
class Recorder:
    """Starts the spans of calls, runs and tool calls. Pickles if its arguments do."""

    def __init__(
        self,
        tracer_provider: TracerProvider | None,
        meter_provider: MeterProvider | None,
        content: bool,  # noqa: FBT001 - the arguments of `telemetry`, in order
        redact: Redact | None,
        propagate: bool,  # noqa: FBT001
    ) -> None:
        """Create the tracer and the metrics from the arguments of `telemetry`."""
        self._options = (tracer_provider, meter_provider, content, redact, propagate)
        self._tracer = get_tracer(SCOPE, __version__, tracer_provider)
        self._instruments = Instruments.of(get_meter(SCOPE, __version__, meter_provider))
        self._content = Content(content, redact)
        self._propagate = propagate

    def start_call(self, started: StartedCall) -> Observer:
        """Start the span of a call."""
        return CallObserver(
            started, self._tracer, self._instruments, self._content, propagate=self._propagate
        )

    def start_task(self, started: StartedRun | StartedTool) -> Observer:
        """Start the span of a run or a tool call."""
        kind: Any = RunObserver if isinstance(started, StartedRun) else ToolObserver
        observer: Observer = kind(started, self._tracer, self._instruments, self._content)
        return observer

    def __reduce__(self) -> tuple[type["Recorder"], tuple[Any, ...]]:
        """Return the arguments, for pickling."""
        return Recorder, self._options
