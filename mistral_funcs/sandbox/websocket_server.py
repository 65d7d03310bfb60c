"""The WebSockets of the sandbox over real HTTP."""

import asyncio
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from mistral_core import APIConnectionError, RequestTimeoutError, Response
from mistral_funcs.sandbox.channels import SandboxChannel

LARGEST_MESSAGE = 2**20
"""Maximum size of a message of a client."""


def is_upgrade(received: web.BaseRequest) -> bool:
    """Return whether a request is the handshake of a WebSocket."""
    return received.headers.get("upgrade", "").lower() == "websocket"


async def serve_websocket(received: web.BaseRequest, response: Response) -> web.StreamResponse:
    """Pass messages between a client and a channel, until either of them closes."""
    stream: Any = response.stream
    channel: SandboxChannel = stream
    socket = web.WebSocketResponse(max_msg_size=LARGEST_MESSAGE)
    socket.headers.update(response.headers)
    await socket.prepare(received)
    sender = asyncio.create_task(_send(socket, received, channel, response.body))
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                with suppress(APIConnectionError):  # Closed: the sender closes the socket.
                    await channel.send(message.data)
    finally:
        sender.cancel()
        await asyncio.wait({sender})
        await channel.aclose()
    return socket


async def _send(
    socket: web.WebSocketResponse,
    received: web.BaseRequest,
    channel: SandboxChannel,
    greeting: bytes,
) -> None:
    """Send the greeting and all messages of a channel, then its close frame."""
    with suppress(ConnectionError):  # The client has closed the connection.
        await socket.send_str(greeting.decode())
        try:
            while True:
                await socket.send_str((await anext(channel)).decode())
        except RequestTimeoutError:
            await asyncio.Future[None]()
        except APIConnectionError:
            close = channel.close_frame
            if close is not None:
                await socket.close(code=close.code, message=close.reason.encode())
            else:
                assert received.transport is not None  # noqa: S101
                received.transport.abort()
