"""Answers that come event by event."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import suppress
from typing import TypeVar, cast, final

from mistral_core.answers import error_in_success
from mistral_core.call import request_id
from mistral_core.deadline import Deadline
from mistral_core.error_bodies import read_error
from mistral_core.errors import (
    APIConnectionError,
    Failure,
    MistralError,
    RequestTimeoutError,
    ResponseValidationError,
)
from mistral_core.reading import Reading, ReadOnce, stream_of
from mistral_core.result import Err, Ok, Result
from mistral_core.sse import EventParser, ServerSentEvent
from mistral_core.wire import Headers, Response

T = TypeVar("T")

END = "[DONE]"
LINGER = 0.2
"""Seconds that the end of an answer may take after its end mark, for the connection's next use."""

LONGEST_ERROR = 2**20
NO_STREAMS = ("application/json", "application/problem+json", "text/html")


@final
class EventStream(ReadOnce[T]):
    """Hold an answer that comes event by event, and is read once.

    It is entered first, so that leaving early frees the connection:
    `async with stream as events: async for event in events: ...`. Each event is an `Ok`; an `Err`
    is the last, and says why the stream did not come to its end.

    Attributes:
        headers: The headers of the answer.
    """

    headers: Headers

    def __init__(
        self,
        response: Response,
        reading: Reading,
        read_event: Callable[[Response, ServerSentEvent], T],
        is_last: Callable[[T], bool],
    ) -> None:
        """Take an answer whose body has not been read.

        Args:
            response: The answer.
            reading: How it is to be read.
            read_event: Makes an item of an event; may raise any `Failure`.
            is_last: Tells whether an item ends the stream, where no end mark does.
        """
        self.headers = response.headers
        self._response = response
        self._reading = reading
        self._read_event = read_event
        self._is_last = is_last
        super().__init__(stream_of(response), self._read())

    async def _read(self) -> AsyncGenerator[Result[T, Failure], None]:
        try:
            media = self.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media in NO_STREAMS:
                raise await self._no_stream(media)
            parser = EventParser(self._reading.max_bytes)
            chunks = aiter(self._stream)
            while True:
                for event in await self._next_events(chunks, parser):
                    if event.data == END:
                        await _linger(chunks)
                        return
                    item = self._read_event(self._response, event)
                    yield Ok(item)
                    if self._is_last(item):
                        await _linger(chunks)
                        return
        except MistralError as error:
            yield Err(self._reading.without_key(cast("Failure", error.with_traceback(None))))

    async def _next_events(
        self, chunks: AsyncIterator[bytes], parser: EventParser
    ) -> list[ServerSentEvent]:
        """Return the next events, one or more."""
        idle = self._reading.idle
        try:
            with Deadline(idle):
                async for chunk in chunks:
                    if events := parser.feed(chunk):
                        return events
            parser.feed(b"")  # Tells of what is wrong with an event before the end.
        except TimeoutError:
            raise RequestTimeoutError(f"No event came within {idle:g} s", "read") from None
        except ValueError as error:
            raise self._unreadable(f"The stream cannot be read: {error}") from None
        with suppress(ValueError):  # What was cut off in the midst of a character is cut off.
            rest = parser.finish()
            if rest is not None and rest.data == END:
                return [rest]
        number = request_id(self.headers)
        raise APIConnectionError(
            "The stream ended before its end mark: the answer may be cut short"
            + (f" (request id {number})" if number else "")
        )

    async def _no_stream(self, media: str) -> Failure:
        """Return the error of an answer that is no stream of events at all."""
        body = b""
        with suppress(TimeoutError), Deadline(self._reading.idle):
            async for chunk in self._stream:
                body += chunk
                if len(body) > LONGEST_ERROR:
                    break
        response = Response(self._response.status, self.headers, body)
        if error := error_in_success(response):
            return error
        told = read_error(response).message
        return self._unreadable(f"The answer is {media} and no stream of events: {told}", body)

    def _unreadable(self, message: str, body: bytes = b"") -> Failure:
        return ResponseValidationError(
            message,
            status=self._response.status,
            request_id=request_id(self.headers),
            headers=self.headers,
            body=body,
        )


async def _linger(chunks: AsyncIterator[bytes]) -> None:
    with suppress(TimeoutError, MistralError), Deadline(LINGER):
        async for _ in chunks:
            pass
