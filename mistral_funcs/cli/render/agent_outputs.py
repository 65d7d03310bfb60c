"""Responses of conversations and of the Responses API as text: messages, calls and handoffs."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from mistral_core import Err, Failure, SDKError

ERRORS = ("conversation.response.error", "response.failed", "error")
"""The types of events that report a failure."""


def text_of_outputs(response: Any) -> str:
    """Return the text of a response, with a line for each call and handoff."""
    if hasattr(response, "outputs"):
        lines = [response.text, *_lines(response.outputs)]
    else:
        lines = [response.output_text, *_lines(response.output)]
    return "\n".join(filter(None, lines))


def lines_of_events(events: Iterable[Any]) -> list[str]:
    """Return a line for each call and handoff in a stream."""
    calls: dict[str, Any] = {}
    lines: dict[str, str] = {}
    for event in events:
        kind = getattr(event, "type", None)
        if kind == "function.call.delta":
            name, arguments, _ = calls.get(event.id, (event.name, "", None))
            calls[event.id] = name, arguments + event.arguments, event.confirmation_status
            lines[event.id] = _call(*calls[event.id])
        elif kind == "agent.handoff.done":
            lines[event.id] = _handoff(event)
        elif kind == "response.output_item.done":
            lines.update((each, each) for each in _lines([event.item]))
    return [*lines.values()]


def failure_of(event: Any) -> Err[Failure] | None:
    """Return the failure that an event of a stream reports, if any."""
    if getattr(event, "type", None) not in ERRORS:
        return None
    error = event.response.error if hasattr(event, "response") else event
    message = getattr(error, "message", None) or "The response failed"
    code = getattr(error, "code", None)
    return Err(SDKError(message, 200, code=None if code is None else str(code)))


def _lines(outputs: Iterable[Any]) -> Iterator[str]:
    for each in outputs:
        kind = getattr(each, "type", None)
        if kind in ("function.call", "function_call"):
            yield _call(each.name, each.arguments, getattr(each, "confirmation_status", None))
        elif kind == "agent.handoff":
            yield _handoff(each)


def _call(name: str, arguments: Any, status: str | None) -> str:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    return f"{name}({text})" + " waits for confirmation" * (status == "pending")


def _handoff(entry: Any) -> str:
    return f"Handed over to {entry.next_agent_name or entry.next_agent_id}."
