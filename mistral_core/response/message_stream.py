"""Message streams: WebSockets over which both sides send JSON objects."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any, Generic, Self, TypeVar, cast, final

import attrs

from mistral_core.errors import (
    APIConnectionError,
    Failure,
    InvalidRequestError,
    RequestTimeoutError,
    ResponseValidationError,
)
from mistral_core.http.headers import request_id
from mistral_core.http.messages import MessageChannel, Response
from mistral_core.http.text import in_one_line
from mistral_core.operations.kinds import Messages
from mistral_core.request.encode import encode_json
from mistral_core.response.decode import read_event
from mistral_core.response.error_bodies import read_error
from mistral_core.response.redaction import redact
from mistral_core.response.sse import ServerSentEvent
from mistral_core.response.streaming import Reading, as_failure
from mistral_core.result import Err, Ok, Result
from mistral_core.runtime.deadline import Deadline
from mistral_core.schema import Unknown

T = TypeVar("T")

MAX_BUFFERED_BYTES = 2**23
"""Bytes of unread messages after which the server has to wait."""

GRACE = 0.5
"""Seconds to wait for the server's reason after a message could not be sent."""


@final
class MessageStream(Generic[T]):
    """A two-way stream of messages. Enter it to send and to iterate.

    Each message of the server is an `Ok`; an `Err` is the last item. Messages are received in the
    background, up to a limit of 8 MiB, so that an error of the server stops the sender at once and
    its pings get a reply. Messages that arrived before an error are not lost. Waiting is safe to
    cancel.

    `Timeout.read` limits the time in which nothing arrives, not even a reply to a ping; it defaults
    to 30 seconds. Silence is normal while you send: `Timeout.deadline` limits the wait for a
    message only after the input has ended.

    Attributes:
        first: The first message of the server.
    """

    first: T

    def __init__(self, response: Response, reading: Reading, kind: Messages[T]) -> None:
        """Create a stream over a channel and its first message.

        Raises:
            SDKError: The first message reports an error.
            HTTPValidationError: The first message reports an error with status 422.
            ResponseValidationError: The first message is not of the declared class.
        """
        self._response = attrs.evolve(response, body=b"", stream=None)
        self._reading = reading
        self._kind = kind
        if not hasattr(response.stream, "send"):
            raise self._invalid("Expected a WebSocket, got a complete response", response.body)
        self._channel = cast("MessageChannel", response.stream)
        self.first = self._read(response.body)
        if not isinstance(self.first, kind.first):
            expected = attrs.fields(kind.first).type.default
            raise self._invalid(f"Expected `{expected}` as the first message", response.body)
        self._messages: deque[tuple[T, int]] = deque()
        self._buffered = 0
        self._arrived, self._room = asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._entered = self._input_ended = self._complete = False
        self._waiting_since = 0.0
        self._finished = False
        self._failure: Failure | None = None
        self._reported = False
        self._observation = reading.observation

    async def __aenter__(self) -> Self:
        """Start to receive messages, and to ping the server. Can be called once."""
        if self._entered:
            raise RuntimeError("The stream has already been entered and can only be entered once")
        self._entered = True
        self._receiver = asyncio.create_task(self._receive())
        self.attach(asyncio.create_task(self._channel.keep_alive()))
        return self

    async def __aexit__(self, *_: object) -> None:
        """End all tasks, and close the connection."""
        if self._observation is not None and self._failure is not None:
            self._observation.fail(self._failure)
        self.fail(InvalidRequestError("The session was closed before the response was complete"))
        self._receiver.cancel()
        try:
            await asyncio.wait({self._receiver, *self._tasks})
        finally:
            if self._observation is not None:
                self._observation.end(None)
            await self._channel.aclose()

    def attach(self, task: asyncio.Task[None]) -> None:
        """Cancel a task when the stream ends, and wait for it when the stream is left."""
        self._tasks.add(task)
        if self._finished:
            task.cancel()

    def fail(self, failure: Failure) -> None:
        """End the stream with an error, unless it has ended."""
        if not self._finished:
            self._failure = redact(failure.with_traceback(None), self._reading.secret)
        self._finish()

    def _finish(self) -> None:
        self._finished = True
        self._arrived.set()
        for task in self._tasks:
            task.cancel()

    # ------------------------------------------------------------------------------------- sending

    async def send(
        self, message: Mapping[str, object], *, last: bool = False
    ) -> Result[None, Failure]:
        """Send a message, waiting if the server is slow to read.

        Args:
            message: The JSON object.
            last: Whether this is the last message of the input.
        """
        try:
            text = encode_json(message).decode()
        except InvalidRequestError as error:
            return Err(error)
        if not self._entered or self._finished:
            state = "has ended" if self._entered else "has not been entered"
            return Err(self._failure or InvalidRequestError(f"The session {state}"))
        if self._input_ended:
            return Err(InvalidRequestError("The input of the session has ended"))
        self._complete = False
        self._input_ended = last
        try:
            await self._channel.send(text)
        except asyncio.CancelledError:
            self._input_ended = False  # So that the end can be sent again.
            raise
        except Exception as error:  # noqa: BLE001
            if not self._finished:
                await asyncio.wait({self._receiver}, timeout=GRACE)
            self.fail(as_failure(error))
            return Err(self._failure or as_failure(error))
        if last:
            self._waiting_since = time.monotonic()
            self._arrived.set()  # The wait for a message is limited from here.
        return Ok(None)

    # ----------------------------------------------------------------------------------- receiving

    def __aiter__(self) -> AsyncIterator[Result[T, Failure]]:
        """Iterate over the messages."""
        return self

    async def __anext__(self) -> Result[T, Failure]:
        """Return the next message, or the error that ended the stream."""
        if self._observation is None:
            return await self._next()
        return await self._observation.next_of(self._next)

    async def _next(self) -> Result[T, Failure]:
        while not self._messages:
            if self._finished:
                if self._failure is None or self._reported:
                    raise StopAsyncIteration
                self._reported = True
                return Err(self._failure)
            await self._wait()
        message, size = self._messages.popleft()
        self._buffered -= size
        self._room.set()
        return Ok(message)

    async def _wait(self) -> None:
        limit = self._reading.event if self._input_ended and self._waiting_since else None
        remaining = None if limit is None else limit + self._waiting_since - time.monotonic()
        self._arrived.clear()
        try:
            with Deadline(remaining):
                await self._arrived.wait()
        except TimeoutError:
            message = f"No message within {limit:g} s of the end of the input"
            self.fail(RequestTimeoutError(message, "deadline"))

    async def _receive(self) -> None:
        """Receive messages until the stream ends, pausing while the buffer is full."""
        try:
            async for data in self._channel:
                message = self._read(data)
                self._messages.append((message, len(data)))
                self._buffered += len(data)
                self._complete = isinstance(message, self._kind.last)
                self._waiting_since = self._waiting_since and time.monotonic()
                self._arrived.set()
                if self._complete and self._input_ended:
                    break
                while self._buffered > MAX_BUFFERED_BYTES:
                    self._room.clear()
                    await self._room.wait()
            else:
                raise APIConnectionError("The connection ended")  # noqa: TRY301
            self._finish()
        except Exception as error:  # noqa: BLE001
            if self._complete:  # The server may close once everything has been received.
                self._finish()
            else:
                self.fail(self._incomplete(as_failure(error)))
            await self._channel.aclose()  # Wakes a sender that waits for the server.

    def _incomplete(self, failure: Failure) -> Failure:
        """Add to the message of a broken connection that the response may be incomplete."""
        if not (isinstance(failure, APIConnectionError) and failure.temporary):
            return failure
        last = attrs.fields(self._kind.last).type.default
        return attrs.evolve(
            failure, message=f"{failure.message} (before `{last}`: the response may be incomplete)"
        )

    def _read(self, data: bytes) -> T:
        """Parse and structure a message."""
        text = data.decode("utf-8", "replace")
        if not text.lstrip().startswith("{"):
            raise self._invalid(f"Expected a JSON object, got: {in_one_line(text)}", data)
        message: Any = read_event(self._response, ServerSentEvent(text), self._kind.schema)
        if isinstance(message, Unknown) and message.raw.get("type") == "error":
            raise read_error(attrs.evolve(self._response, body=data))
        return cast("T", message)

    def _invalid(self, message: str, body: bytes) -> ResponseValidationError:
        response = self._response
        identifier = request_id(response.headers)
        return ResponseValidationError(
            message,
            status=response.status,
            request_id=identifier,
            headers=response.headers,
            body=body,
        )
