"""Event streams: responses that arrive as server-sent events or as lines of JSON."""

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
from mistral_core.http.messages import Headers, Response
from mistral_core.http.metadata import request_id
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
"""Seconds that the end of an answer may take after its end mark, for the connection's next use."""

LONGEST_ERROR = 2**20
NO_STREAMS = ("application/json", "application/problem+json", "text/html")


@final
class EventStream(ReadOnce[T]):
    """A stream of events, read once.

    Enter it first, so that leaving early frees the connection:
    `async with stream as events: async for event in events: ...`. Each event is an `Ok`; an `Err`
    is the last item, and says why the stream did not reach its end.

    Waiting is safe to cancel: after `asyncio.wait_for(anext(events), 0.2)` timed out, the next
    `anext` gets the next event. Keep-alive comments are signs of life for `Timeout.read`, the time
    between two bytes; the wait for one event is limited by `Timeout.deadline`, cancelled waits and
    comments included.

    Attributes:
        headers: The headers of the response.
    """

    headers: Headers

    def __init__(
        self,
        response: Response,
        reading: Reading,
        schema: "TypeForm[T]",
        *,
        last: type[Any] | None = None,
        lines: bool = False,
    ) -> None:
        """Take a response whose body has not been read.

        Args:
            response: The response.
            reading: Limits of the body.
            schema: The type of an event.
            last: The class of the event that ends the stream, if no end mark does.
            lines: Whether each line is an event, and the end of the body that of the stream.
        """
        self.headers = response.headers
        self._schema = schema
        self._last = last
        self._lines = lines
        parser = LineParser if lines else EventParser
        self._parser: LineParser | EventParser = parser(reading.max_bytes)
        self._limits = _limit(reading.idle), _limit(reading.event)
        self._silence_left, self._wait_left = self._limits
        self._body = bytearray()
        self._media = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        super().__init__(response, reading)

    async def _read(self) -> AsyncGenerator[Result[T, Failure], None]:
        try:
            if self._media in NO_STREAMS:
                raise await self._no_stream()
            while not self._ended:
                for event in await self._next_events():
                    data = event.data.strip()
                    if data == END:
                        await self._end()
                        return
                    if data or event.event == ERROR:
                        item: T = read_event(self._response, event, self._schema)
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
        """Return the next events, one or more."""
        try:
            while (chunk := await self._next_chunk()) is not None:
                if events := self._parser.feed(chunk):
                    self._wait_left = self._limits[1]
                    return events
                self._wait_left -= self._deadline.elapsed()
            return self._last_event()
        except ValueError as error:
            raise self._unreadable(f"The stream cannot be read: {error}") from None

    def _last_event(self) -> list[ServerSentEvent]:
        """Return the event that the end of the body completes: an end mark or an error.

        Raises:
            ValueError: The event before the end cannot be read.
            APIConnectionError: There is no end mark.
        """
        self._parser.feed(b"")
        if self._lines:
            self._ended = True
            rest = self._parser.finish()
            return [] if rest is None else [rest]
        with suppress(ValueError):  # What was cut off within a character is cut off.
            rest = self._parser.finish()
            if rest is not None and (rest.data.strip() == END or rest.event == ERROR):
                return [rest]
        number = request_id(self.headers)
        raise APIConnectionError(
            "The stream ended before its end mark; the response may be incomplete"
            + (f" (request id {number})" if number else "")
        )

    async def _next_chunk(self) -> bytes | None:
        """Return the next chunk, or `None` at the end.

        The limits hold for all waits together, so that they are reached where each is cancelled.
        """
        left = min(self._silence_left, self._wait_left)
        deadline = self._deadline = Deadline(None if left == inf else left)
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
            failure = self._too_slow() if deadline.expired else as_failure(error)
        else:
            self._silence_left = self._limits[0]
            return chunk
        raise failure  # Out here it has no context.

    def _too_slow(self) -> RequestTimeoutError:
        idle, wait = self._limits
        if self._silence_left <= self._wait_left:
            return RequestTimeoutError(f"The stream was silent for {idle:g} s", "read")
        return RequestTimeoutError(f"No event came within {wait:g} s", "deadline")

    async def _end(self) -> None:
        """End the iteration; read the rest, so that the connection can be used again."""
        self._ended = True
        with suppress(Exception), Deadline(LINGER):
            async for _ in self._chunks:
                pass

    async def _no_stream(self) -> Failure:
        """Return the error of an answer that is no stream of events at all."""
        with suppress(RequestTimeoutError):
            while len(self._body) <= LONGEST_ERROR:
                chunk = await self._next_chunk()
                if chunk is None:
                    break
                self._body += chunk
        response = Response(self._response.status, self.headers, bytes(self._body))
        if error := error_in_success(response):
            return error
        message = read_error(response).message
        message = f"The response is {self._media} and not a stream of events: {message}"
        return self._unreadable(message, response.body)

    def _unreadable(self, message: str, body: bytes = b"") -> Failure:
        return ResponseValidationError(
            message,
            status=self._response.status,
            request_id=request_id(self.headers),
            headers=self.headers,
            body=body,
        )


def _limit(seconds: float | None) -> float:
    return inf if seconds is None else seconds
