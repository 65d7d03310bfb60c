"""The metrics of calls, runs and tool calls."""

from collections.abc import Mapping, Sequence
from typing import Final, final

import attrs
from opentelemetry.metrics import Histogram, Meter

from mistral_funcs.toolkit.telemetry.request_attributes import Value

DURATIONS: Final = tuple(2**step / 100 for step in range(14))
RUN_DURATIONS: Final = tuple(2**step / 10 for step in range(13))
TOKENS: Final = tuple(4**step for step in range(14))

METRICS: Final[Mapping[str, tuple[str, str, Sequence[float]]]] = {
    "gen_ai.client.operation.duration": ("s", "Duration of a call", DURATIONS),
    "gen_ai.client.operation.time_to_first_chunk": (
        "s",
        "Time from the start of a call to the first item of its stream",
        DURATIONS,
    ),
    "gen_ai.client.operation.time_per_output_chunk": (
        "s",
        "Time between two items of a stream",
        DURATIONS,
    ),
    "gen_ai.client.token.usage": ("{token}", "Number of tokens used by a call", TOKENS),
    "gen_ai.invoke_agent.duration": ("s", "Duration of a run", RUN_DURATIONS),
    "gen_ai.execute_tool.duration": ("s", "Duration of a tool call", DURATIONS),
}
"""Unit, description and bucket boundaries of each metric."""

DIMENSIONS: Final = (
    "gen_ai.operation.name",
    "gen_ai.provider.name",
    "gen_ai.request.model",
    "gen_ai.response.model",
    "server.address",
    "server.port",
)
"""The attributes of a call that its metrics have too."""


def dimensions(attributes: Mapping[str, Value]) -> dict[str, Value]:
    """Return the attributes of a call that its metrics have too."""
    return {name: attributes[name] for name in DIMENSIONS if name in attributes}


@final
@attrs.frozen
class Instruments:
    """The metrics, by name.

    Attributes:
        histograms: The histograms.
    """

    histograms: Mapping[str, Histogram]

    @classmethod
    def of(cls, meter: Meter) -> "Instruments":
        """Return the instruments of a meter."""
        return cls(
            {
                name: meter.create_histogram(
                    name, unit, description, explicit_bucket_boundaries_advisory=[*boundaries]
                )
                for name, (unit, description, boundaries) in METRICS.items()
            }
        )

    def record(self, name: str, value: float, attributes: Mapping[str, Value]) -> None:
        """Record a value."""
        self.histograms[name].record(value, attributes)

    def record_call(
        self, attributes: Mapping[str, Value], duration: float, first: float | None
    ) -> None:
        """Record a call that has ended.

        Args:
            attributes: The attributes of its span.
            duration: Duration of the call in seconds.
            first: Seconds to the first item of its stream, if it had one.
        """
        shared = dimensions(attributes)
        error = {name: attributes[name] for name in ("error.type",) if name in attributes}
        self.record("gen_ai.client.operation.duration", duration, shared | error)
        if first is not None:
            self.record("gen_ai.client.operation.time_to_first_chunk", first, shared)
        for kind in ("input", "output"):
            count = attributes.get(f"gen_ai.usage.{kind}_tokens")
            if isinstance(count, int):
                self.record(
                    "gen_ai.client.token.usage", count, shared | {"gen_ai.token.type": kind}
                )
