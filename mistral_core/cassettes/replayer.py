"""Replay of responses, streams and WebSockets, immediately or at the recorded pace."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any, NoReturn, Self, final

from mistral_core.cassettes.comparing import described_differences, differences, message_parts
from mistral_core.cassettes.exchange import Event, Exchange, recorded_error
from mistral_core.errors import APIConnectionError
from mistral_core.http.headers import Headers
from mistral_core.http.messages import Request, Response

ABANDONED = (
    "The recording ends here: this stream was closed early when it was recorded. Record it again"
)
PAUSES = ("retry-after", "retry-after-ms")
"""Headers that make a client wait. An immediate replay sets them to zero."""


@final
class Pace:
    """The times at which the events of an exchange happen: immediately, or as recorded."""

    def __init__(self, *, timed: bool) -> None:
        """Start the clock."""
        self._timed = timed
        self._started = monotonic()

    async def until(self, event: Event) -> None:
        """Wait until an event is due. Other tasks get to run even if it is due immediately."""
        seconds = self._started + event["at"] - monotonic() if self._timed else 0
        await asyncio.sleep(max(seconds, 0))


async def replay(
    exchange: Exchange, request: Request, clean: Callable[[bytes], Any], *, timed: bool
) -> Response:
    """Return the recorded response to a request, or raise the recorded error.

    A request that was cancelled when it was recorded waits until it is cancelled again.
    """
    pace = Pace(timed=timed)
    first, *events = exchange.events or [{"event": "cancelled", "at": 0}]
    await pace.until(first)
    if first["event"] == "cancelled":
        await asyncio.get_running_loop().create_future()
    if first["event"] == "error":
        raise recorded_error(first)
    recorded: dict[str, str] = first["headers"]
    headers = Headers(
        (name, "0" if name in PAUSES and not timed else value) for name, value in recorded.items()
    )
    status, body = first["status"], first.get("data", b"")
    if not first.get("stream"):
        return Response(status, headers, body)
    if request.websocket:
        return Response(status, headers, body, ReplayedChannel(events, pace, clean))
    return Response(status, headers, stream=ReplayedStream(events, pace))


def _finish(event: Event) -> NoReturn:
    """Raise the exception that ends a stream."""
    if event["event"] == "end":
        raise StopAsyncIteration
    if event["event"] == "error":
        raise recorded_error(event)
    raise APIConnectionError(ABANDONED, temporary=False)


@final
class ReplayedStream:
    """A recorded response stream."""

    def __init__(self, events: list[Event], pace: Pace) -> None:
        """Create a stream of the events after the response."""
        self._events: list[Event] = [*events, {"event": "abandoned", "at": 0}]
        self._index = 0
        self._pace = pace

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk. Safe to cancel."""
        event = self._events[self._index]
        await self._pace.until(event)
        if event["event"] != "chunk":
            _finish(event)
        self._index += 1
        chunk: bytes = event["data"]
        return chunk

    async def aclose(self) -> None:
        """Do nothing: there is no connection."""


@final
class ReplayedChannel:
    """A recorded WebSocket.

    A message of the server arrives once the messages recorded before it have been sent. Sent
    messages must match the recording; further ones are accepted.
    """

    def __init__(self, events: list[Event], pace: Pace, clean: Callable[[bytes], Any]) -> None:
        """Create a channel of the events after the first message.

        Args:
            events: The events.
            pace: Their times.
            clean: Returns a message as JSON without secrets.
        """
        self._events: list[Event] = [*events, {"event": "abandoned", "at": 0}]
        self._index = self._sent = 0
        self._expected = [event for event in events if event["event"] == "sent"]
        self._pace = pace
        self._clean = clean
        self._progress = asyncio.Event()
        self._mismatch: APIConnectionError | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next message. Safe to cancel."""
        while (event := self._events[self._index])["event"] == "sent":
            before = [each for each in self._events[: self._index + 1] if each["event"] == "sent"]
            while len(before) > self._sent and self._mismatch is None:
                self._progress.clear()
                await self._progress.wait()
            if self._mismatch is not None:
                raise self._mismatch
            self._index += 1
        await self._pace.until(event)
        if event["event"] != "received":
            _finish(event)
        self._index += 1
        message: bytes = event["data"]
        return message

    async def send(self, text: str) -> None:
        """Compare a message with the recorded one."""
        if self._sent < len(self._expected):
            recorded = message_parts(self._clean(self._expected[self._sent]["data"]))
            sent = message_parts(self._clean(text.encode()))
            if differences(recorded, sent):
                self._mismatch = APIConnectionError(
                    f"WebSocket message {self._sent + 1} differs from the recorded one:"
                    f"{described_differences(recorded, sent)}",
                    temporary=False,
                )
                self._progress.set()  # Otherwise the reader would wait for a response.
                raise self._mismatch
        self._sent += 1
        self._progress.set()

    async def keep_alive(self) -> None:
        """Wait until cancelled."""
        await asyncio.get_running_loop().create_future()

    async def aclose(self) -> None:
        """Do nothing: there is no connection."""
