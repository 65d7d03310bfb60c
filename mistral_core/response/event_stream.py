"""Event streams: responses as server-sent events or lines of JSON."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar, cast, final

from mistral_core.errors import (
    APIConnectionError,
    Failure,
    MistralError,
    RequestTimeoutError,
    ResponseValidationError,
)
from mistral_core.http.headers import Headers, request_id
from mistral_core.http.messages import Response
from mistral_core.response.decode import error_in_success, read_event
from mistral_core.response.error_bodies import read_error
from mistral_core.response.json_lines import LineParser
from mistral_core.response.sse import ERROR, EventParser, ServerSentEvent
from mistral_core.response.streaming import Reading, ReadOnce, as_failure
from mistral_core.result import Ok, Result
from mistral_core.runtime.deadline import Deadline

if TYPE_CHECKING:
    from typing_extensions import TypeForm

T = TypeVar("T")

END = "[DONE]"
LINGER = 0.2
"""Seconds to wait for the end of the body after `[DONE]`, so that the connection can be reused."""

MAX_ERROR_BYTES = 2**20
NO_STREAMS = ("application/json", "application/problem+json", "text/html")


@final
class EventStream(ReadOnce[T]):
    """A stream of events. Consume it once.

    Enter it first, so that leaving early frees the connection:
    `async with stream as events: async for event in events: ...`. Each event is an `Ok`; an `Err`
    is the last item, and explains why the stream is incomplete.

    Waiting is safe to cancel: if `asyncio.wait_for(anext(events), 0.2)` times out, the next `anext`
    returns the next event. `Timeout.read` limits the time between two bytes, keep-alive comments
    included. `Timeout.deadline` limits the wait for one event, cancelled waits included.

    Attributes:
        headers: The response headers.
        last_event_id: ID of the last event, to resume after it where an operation takes one. Empty
            if the server sends none.
    """

    headers: Headers
    last_event_id: str

    def __init__(
        self,
        response: Response,
        reading: Reading,
        schema: "TypeForm[T]",
        *,
        last: type[Any] | tuple[type[Any], ...] | None = None,
        lines: bool = False,
        ends_with_body: bool = False,
    ) -> None:
        """Create a stream over an unread response.

        Args:
            response: The response.
            reading: Limits of the body.
            schema: The type of an event.
            last: The class of the event that ends the stream, or several. `[DONE]` always ends it.
            lines: Whether each line is an event, and the stream ends with the body.
            ends_with_body: Whether the stream ends with the body, as lines do.
        """
        self.headers = response.headers
        self.last_event_id = ""
        self._schema = schema
        self._last = last
        self._ends_with_body = lines or ends_with_body
        parser = LineParser if lines else EventParser
        self._parser: LineParser | EventParser = parser(reading.max_bytes)
        self._limits = _limit(reading.idle), _limit(reading.event)
        self._silence_left, self._wait_left = self._limits
        self._body = bytearray()
        self._media_type = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        super().__init__(response, reading)

    async def _read(self) -> AsyncGenerator[Result[T, Failure], None]:
        try:
            if self._media_type in NO_STREAMS:
                raise await self._no_stream()
            while not self._ended:
                for event in await self._next_events():
                    data = event.data.strip()
                    if data == END:
                        await self._end()
                        return
                    if data or event.event == ERROR:
                        item: T = read_event(self._response, event, self._schema)
                        self.last_event_id = event.id
                        yield Ok(item)
                        if self._last is not None and isinstance(item, self._last):
                            await self._end()
                            return
        except asyncio.CancelledError:
            self._items.restart()
            raise
        except MistralError as error:
            yield self._err(cast("Failure", error))

    async def _next_events(self) -> list[ServerSentEvent]:
        """Return the next events. An empty list means that the body has ended."""
        try:
            while (chunk := await self._next_chunk()) is not None:
                if events := self._parser.feed(chunk):
                    self._wait_left = self._limits[1]
                    return events
                self._wait_left -= self._deadline.elapsed()
            return self._last_event()
        except ValueError as error:
            raise self._invalid(f"Invalid stream: {error}") from None

    def _last_event(self) -> list[ServerSentEvent]:
        """Return the event that the end of the body completes: `[DONE]`, an error or the last one.

        Raises:
            ValueError: The event before the end is invalid.
            APIConnectionError: The stream is incomplete.
        """
        self._parser.feed(b"")
        if self._ends_with_body:
            self._ended = True
            rest = self._parser.finish()
            return [] if rest is None else [rest]
        with suppress(ValueError):  # The body ends within a character.
            rest = self._parser.finish()
            if rest is not None and (rest.data.strip() == END or rest.event == ERROR):
                return [rest]
        end = f"`{END}`" if self._last is None else "its last event"
        identifier = request_id(self.headers)
        raise APIConnectionError(
            f"The stream ended before {end}; the response may be incomplete"
            + (f" (request id {identifier})" if identifier else "")
        )

    async def _next_chunk(self) -> bytes | None:
        """Return the next chunk, or `None` at the end.

        The limits apply to all waits together, even if each is cancelled.
        """
        remaining = min(self._silence_left, self._wait_left)
        deadline = self._deadline = Deadline(None if remaining == inf else remaining)
        try:
            with deadline:
                chunk = await anext(self._chunks)
        except StopAsyncIteration:
            return None
        except asyncio.CancelledError:
            waited = deadline.elapsed()
            self._silence_left -= waited
            self._wait_left -= waited
            raise
        except Exception as error:  # noqa: BLE001
            failure = self._timeout_error() if deadline.expired else as_failure(error)
        else:
            self._silence_left = self._limits[0]
            return chunk
        raise failure  # Outside of the `except` block it has no context.

    def _timeout_error(self) -> RequestTimeoutError:
        idle, wait = self._limits
        if self._silence_left <= self._wait_left:
            return RequestTimeoutError(f"The stream was silent for {idle:g} s", "read")
        return RequestTimeoutError(f"No event within {wait:g} s", "deadline")

    async def _end(self) -> None:
        """End the iteration, and read the rest so that the connection can be reused."""
        self._ended = True
        with suppress(Exception), Deadline(LINGER):
            async for _ in self._chunks:
                pass

    async def _no_stream(self) -> Failure:
        """Return the error for a response that is not an event stream."""
        with suppress(RequestTimeoutError):
            while len(self._body) <= MAX_ERROR_BYTES:
                chunk = await self._next_chunk()
                if chunk is None:
                    break
                self._body += chunk
        response = Response(self._response.status, self.headers, bytes(self._body))
        if error := error_in_success(response):
            return error
        message = read_error(response).message
        message = f"Expected an event stream, got {self._media_type}: {message}"
        return self._invalid(message, response.body)

    def _invalid(self, message: str, body: bytes = b"") -> Failure:
        return ResponseValidationError(
            message,
            status=self._response.status,
            request_id=request_id(self.headers),
            headers=self.headers,
            body=body,
        )


def _limit(seconds: float | None) -> float:
    return inf if seconds is None else seconds
