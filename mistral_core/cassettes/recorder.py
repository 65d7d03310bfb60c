"""Recording: wrappers of bodies, streams and WebSockets that record what passes through."""

from collections.abc import AsyncGenerator, AsyncIterator, Generator
from contextlib import contextmanager
from typing import Self, cast, final

import attrs

from mistral_core.cassettes.exchange import Exchange, sent_request
from mistral_core.http.messages import (
    MessageChannel,
    Request,
    RequestBody,
    Response,
    ResponseStream,
    Transport,
)
from mistral_core.runtime.iterators import Resumable, resumable


async def record_exchange(exchange: Exchange, request: Request, transport: Transport) -> Response:
    """Send a request, and add the events to its exchange."""
    if not isinstance(request.body, bytes | None):
        request = attrs.evolve(request, body=CopiedBody(request.body))
    try:
        with errors_added(exchange):
            response = await transport.send(request)
    except BaseException:
        exchange.end("cancelled")
        raise
    finally:
        exchange.request = sent_request(request, body_of(request))
    stream = response.stream
    head = {"status": response.status, "headers": dict(response.headers)}
    if stream is None:
        exchange.add("response", **head, data=response.body)
        return response
    if request.websocket:
        exchange.add("response", **head, stream=True, data=response.body)
        recording: ResponseStream = RecordingChannel(cast("MessageChannel", stream), exchange)
    else:
        exchange.add("response", **head, stream=True)
        recording = RecordingStream(stream, exchange)
    return attrs.evolve(response, stream=recording)


@contextmanager
def errors_added(exchange: Exchange) -> Generator[None, None, None]:
    """Add the error that the block raises to an exchange. Cancellation is not an error."""
    try:
        yield
    except StopAsyncIteration:
        raise
    except Exception as error:
        exchange.add_error(error)
        raise


@final
class CopiedBody:
    """A request body that keeps the chunks of its last iteration.

    Attributes:
        chunks: The chunks.
    """

    def __init__(self, body: RequestBody) -> None:
        """Create a body that yields the chunks of another unchanged."""
        self._body = body
        self.chunks: list[bytes] = []

    @property
    def size(self) -> int | None:
        """Length in bytes. `None` if unknown."""
        return self._body.size

    @property
    def spent(self) -> bool:
        """Whether the body has been consumed and is not replayable."""
        return self._body.spent

    @property
    def fault(self) -> Exception | None:
        """The error raised by the source of the body, if any."""
        return self._body.fault

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the body in chunks."""
        self.chunks = []
        chunks = aiter(self._body)
        try:
            async for chunk in chunks:
                self.chunks.append(chunk)
                yield chunk
        finally:
            if isinstance(chunks, AsyncGenerator):
                await chunks.aclose()


@final
@attrs.frozen
class BufferedBody:
    """A request body that has been read into memory. Its chunks and size are unchanged.

    Attributes:
        chunks: The chunks.
        size: Length in bytes. `None` if it was unknown before reading.
        spent: Whether the body has been consumed and is not replayable.
        fault: The error raised by the source of the body, if any.
    """

    chunks: list[bytes]
    size: int | None
    spent: bool = False
    fault: Exception | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the body in chunks."""
        for chunk in self.chunks:
            yield chunk


async def buffered(request: Request) -> Request:
    """Return a request whose body has been read into memory."""
    if isinstance(request.body, bytes | None):
        return request
    copied = CopiedBody(request.body)
    async for _ in copied:
        pass
    return attrs.evolve(request, body=BufferedBody(copied.chunks, copied.size))


def body_of(request: Request) -> bytes | None:
    """Return the body of a request, as far as it is in memory."""
    body = request.body
    if isinstance(body, BufferedBody | CopiedBody):
        return b"".join(body.chunks)
    return body if isinstance(body, bytes) else None


@final
class RecordingStream:
    """A response stream whose chunks are added to an exchange when they are read."""

    def __init__(self, stream: ResponseStream, exchange: Exchange) -> None:
        """Create a stream over an unread one."""
        self._stream = stream
        self._chunks = resumable(stream)
        self._exchange = exchange

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk. Safe to cancel."""
        try:
            with errors_added(self._exchange):
                chunk = await anext(self._chunks)
        except StopAsyncIteration:
            self._exchange.end("end")
            raise
        self._exchange.add("chunk", data=chunk)
        return chunk

    async def aclose(self) -> None:
        """Free the connection. A stream that has not ended is abandoned."""
        self._exchange.end("abandoned")
        if isinstance(self._chunks, Resumable):
            await self._chunks.aclose()
        await self._stream.aclose()


@final
class RecordingChannel:
    """A WebSocket whose messages, sent and received, are added to an exchange."""

    def __init__(self, channel: MessageChannel, exchange: Exchange) -> None:
        """Create a channel over an open one."""
        self._channel = channel
        self._exchange = exchange

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next message. Safe to cancel."""
        with errors_added(self._exchange):
            message = await anext(aiter(self._channel))
        self._exchange.add("received", data=message)
        return message

    async def send(self, text: str) -> None:
        """Send a message. It is added before the server can respond to it."""
        self._exchange.add("sent", data=text.encode())
        await self._channel.send(text)

    async def keep_alive(self) -> None:
        """Ping the server until cancelled."""
        await self._channel.keep_alive()

    async def aclose(self) -> None:
        """Free the connection."""
        self._exchange.end("abandoned")
        await self._channel.aclose()
