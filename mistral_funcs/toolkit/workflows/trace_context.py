"""The W3C trace context of an execution."""

import secrets
import sys
from collections.abc import Mapping
from typing import Any

TRACEPARENT = "traceparent"


def traceparent_for(headers: Mapping[str, str]) -> str:
    """Return the `traceparent` of a new execution.

    It is that of the headers, else that of the current span if it is sampled, else a new one.
    """
    given = next((value for name, value in headers.items() if name.lower() == TRACEPARENT), None)
    return given or _current() or _format(secrets.randbits(128) or 1, secrets.randbits(64) or 1)


def _current() -> str | None:
    """Return the trace context of the current span of OpenTelemetry, if it is sampled.

    A span can be current only if the package is loaded.
    """
    trace: Any = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return None
    context = trace.get_current_span().get_span_context()
    if not (context.is_valid and context.trace_flags.sampled):
        return None
    return _format(context.trace_id, context.span_id)


def _format(trace_id: int, span_id: int) -> str:
    return f"00-{trace_id:032x}-{span_id:016x}-01"
