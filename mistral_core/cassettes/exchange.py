"""Exchanges: requests, each with its response or error."""

from time import monotonic
from typing import Any, TypeAlias, cast, final

import attrs

from mistral_core.cassettes.contents import bytes_of, content_of, request_content
from mistral_core.cassettes.scrubbing import Scrubber
from mistral_core.errors import (
    APIConnectionError,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
    ResponseValidationError,
)
from mistral_core.http.headers import Headers
from mistral_core.http.messages import Request

Event: TypeAlias = dict[str, Any]
"""An event of an exchange: `event` is its kind, `at` the seconds since the request.

The bytes of a body, a chunk or a message are in `data`.
"""

ERRORS: dict[str, tuple[type[MistralError], tuple[str, ...]]] = {
    "APIConnectionError": (APIConnectionError, ("message", "sent", "temporary")),
    "InvalidRequestError": (InvalidRequestError, ("message", "param")),
    "RequestTimeoutError": (RequestTimeoutError, ("message", "phase")),
    "ResponseValidationError": (
        ResponseValidationError,
        ("message", "path", "errors", "status", "request_id"),
    ),
}
"""The errors of transports, each with the fields that are recorded."""


def sent_request(request: Request, body: bytes | None) -> dict[str, Any]:
    """Return a request as it is recorded, with the body that was sent."""
    sent = {"method": request.method, "url": request.url, "headers": dict(request.headers)}
    if body is None:
        return sent
    return {**sent, "body": request_content(body, request.headers.get("content-type", ""))}


def error_event(error: Exception) -> Event:
    """Return the event for an error of a transport."""
    name = type(error).__name__
    if name not in ERRORS:
        error = APIConnectionError(f"The transport failed: {error!r}")
        name = "APIConnectionError"
    fields = {each: getattr(error, each) for each in ERRORS[name][1]}
    event: Event = {"event": "error", "type": name, **fields}
    if isinstance(error, ResponseValidationError):
        event |= {"errors": [*error.errors], "headers": dict(error.headers), "data": error.body}
    return event


def recorded_error(event: Event) -> MistralError:
    """Return the error that an event records."""
    cls, names = ERRORS[event["type"]]
    fields = {name: event[name] for name in names}
    if cls is ResponseValidationError:
        headers = Headers(event["headers"].items())
        fields |= {"errors": tuple(event["errors"]), "headers": headers, "body": event["data"]}
    return cast("MistralError", cast("Any", cls)(**fields))


@final
@attrs.define(eq=False)
class Exchange:
    """A request, and the events that followed it.

    Attributes:
        request: The request, as `sent_request` returns it.
        events: The events, in order.
        played: Whether it has been replayed.
        started: Its start, by the monotonic clock.
    """

    request: dict[str, Any]
    events: list[Event] = attrs.field(factory=list[Event])
    played: bool = False
    started: float = attrs.field(factory=monotonic)

    def add(self, event: str, **fields: Any) -> None:
        """Add an event that happens now."""
        at = round(monotonic() - self.started, 4)
        self.events.append({"event": event, "at": at, **fields})

    def add_error(self, error: Exception) -> None:
        """Add the error of a transport as the last event."""
        self.end(**error_event(error))

    def end(self, event: str, **fields: Any) -> None:
        """Add the last event, unless there is one."""
        if not self.ended:
            self.add(event, **fields)

    @property
    def ended(self) -> bool:
        """Whether the last event has been recorded."""
        if not self.events:
            return False
        last = self.events[-1]
        is_complete = last["event"] == "response" and not last.get("stream")
        return is_complete or last["event"] in ("end", "error", "abandoned", "cancelled")

    def complete(self) -> "Exchange":
        """Return the exchange with an end. One in progress ends as abandoned or cancelled."""
        last = "abandoned" if self.events else "cancelled"
        events = [] if self.ended else [{"event": last, "at": 0}]
        return attrs.evolve(self, events=[*self.events, *events])

    def cleaned(self, scrubber: Scrubber) -> "Exchange":
        """Return the exchange without secrets."""
        request = cleaned_request(self.request, scrubber)
        streamed = [event for event in self.events if event["event"] == "chunk"]
        chunks = iter(scrubber.clean_chunks([event["data"] for event in streamed]))
        events = [
            {**event, "data": next(chunks)}
            if event["event"] == "chunk"
            else _cleaned_event(event, scrubber)
            for event in self.events
        ]
        return attrs.evolve(self, request=request, events=events)


def cleaned_request(request: dict[str, Any], scrubber: Scrubber) -> dict[str, Any]:
    """Return a recorded request without secrets."""
    cleaned: dict[str, Any] = {
        "method": request["method"],
        "url": scrubber.clean_text(request["url"]),
        "headers": scrubber.clean_headers(request["headers"]),
    }
    if "body" in request:
        cleaned["body"] = scrubber.clean_content(request["body"])
    return cleaned


def _cleaned_event(event: Event, scrubber: Scrubber) -> Event:
    cleaned = {**event}
    for name, value in event.items():
        if name == "headers":
            cleaned[name] = scrubber.clean_headers(value)
        elif name == "data":
            cleaned[name] = _cleaned_data(value, scrubber)
        elif name not in ("event", "type"):
            cleaned[name] = scrubber.clean(value)
    return cleaned


def _cleaned_data(data: bytes, scrubber: Scrubber) -> bytes:
    return bytes_of(scrubber.clean_content(content_of(data)))
