"""A loopback WebSocket server with scripted behavior."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from ssl import SSLContext
from typing import Any, TypeAlias

import attrs
from aiohttp import WSMsgType, web

SESSION: dict[str, object] = {
    "request_id": "request-1",
    "model": "m",
    "audio_format": {"encoding": "pcm_s16le", "sample_rate": 16000},
}
CREATED: dict[str, object] = {"type": "session.created", "session": SESSION}
DONE: dict[str, object] = {"type": "transcription.done", "text": "Hi", "model": "m", "usage": {}}
SPOKEN: dict[str, object] = {"type": "speech.audio.done", "usage": {}}


def delta(text: str) -> dict[str, object]:
    """Return an event with a part of a transcript."""
    return {"type": "transcription.text.delta", "text": text}


@attrs.define
class Peer:
    """The server's side of one connection.

    Attributes:
        socket: The WebSocket.
        request: The handshake.
        messages: The received messages of all connections.
    """

    socket: web.WebSocketResponse
    request: web.BaseRequest
    messages: list[dict[str, Any]]

    async def send(self, *messages: Mapping[str, object] | str) -> None:
        """Send messages. Strings are sent unchanged."""
        for each in messages:
            await self.socket.send_str(each if isinstance(each, str) else json.dumps(each))

    async def receive(self) -> dict[str, Any] | None:
        """Return the next message, or `None` if the client has closed."""
        message = await self.socket.receive()
        if message.type is not WSMsgType.TEXT:
            return None
        self.messages.append(json.loads(message.data))
        return self.messages[-1]

    async def until(self, kind: str) -> None:
        """Receive messages until one has this type."""
        while (message := await self.receive()) is not None:
            if message["type"] == kind:
                return

    async def rest(self) -> None:
        """Receive messages until the client closes."""
        while await self.receive() is not None:
            pass

    def cut(self) -> None:
        """Break the connection without a close frame."""
        assert self.request.transport is not None
        self.request.transport.abort()


Behaviour: TypeAlias = Callable[[Peer], Awaitable[None]]


@attrs.frozen
class Refusal:
    """An HTTP response instead of a WebSocket.

    Attributes:
        status: The status.
        body: The JSON value of the body.
        headers: The headers.
    """

    status: int
    body: object = None
    headers: dict[str, str] = attrs.field(factory=dict[str, str])


Reply: TypeAlias = Behaviour | Refusal
"""The behavior on a connection."""


@attrs.define
class Received:
    """What the server has received.

    Attributes:
        handshakes: The handshakes.
        messages: The received messages.
        open: Number of open connections.
    """

    handshakes: list[web.BaseRequest] = attrs.field(factory=list[web.BaseRequest])
    messages: list[dict[str, Any]] = attrs.field(factory=list[dict[str, Any]])
    open: int = 0

    async def closed(self) -> None:
        """Wait until all connections are closed."""
        async with asyncio.timeout(5):
            while self.open:  # noqa: ASYNC110 - the server counts
                await asyncio.sleep(0.005)


@asynccontextmanager
async def socket_server(
    *replies: Reply, tls: SSLContext | None = None, port: int = 0
) -> AsyncGenerator[tuple[str, Received], None]:
    """Handle each connection with the next behavior; the last one repeats. Yield URL and record.

    Pings are answered while a behavior receives.
    """
    seen = Received()
    left = list(replies)

    async def handle(request: web.BaseRequest) -> web.StreamResponse:
        seen.handshakes.append(request)
        reply = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(reply, Refusal):
            return web.json_response(reply.body, status=reply.status, headers=reply.headers)
        socket = web.WebSocketResponse(max_msg_size=2**22)
        await socket.prepare(request)
        seen.open += 1
        try:
            await reply(Peer(socket, request, seen.messages))
        except ConnectionError:
            pass
        finally:
            seen.open -= 1
        return socket

    runner = web.ServerRunner(web.Server(handle), shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=tls)
        await site.start()
        bound = runner.addresses[0][1]
        yield f"{'https' if tls else 'http'}://127.0.0.1:{bound}", seen
    finally:
        await runner.cleanup()


async def transcribes(peer: Peer) -> None:
    """Greet, and send a transcript when the audio has ended."""
    await peer.send(CREATED)
    await peer.until("input_audio.end")
    await peer.send(delta("Hi"), DONE)
    await peer.rest()
