"""WebSockets on aiohttp's client: the handshake, messages, flow control, pings and the close.

Each ping contains the number of bytes sent before it, so that the server's pongs acknowledge what
it has read. At most a window of bytes is in flight: the sender waits for a slow server, and a pong
is never delayed by minutes of audio in network buffers. A connection on which nothing arrives is
considered half open, and fails after `MAX_SILENCE`.
"""

import asyncio
import warnings
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from copy import copy
from typing import Any, NoReturn, Self, final

import aiohttp
from yarl import URL

from mistral_core.errors import APIConnectionError, RequestTimeoutError, bare
from mistral_core.http.headers import Headers
from mistral_core.http.messages import Request, Response
from mistral_core.http.text import in_one_line
from mistral_core.runtime.deadline import Deadline
from mistral_core.transports.close_codes import close_error
from mistral_core.transports.transport_errors import translate

PING_INTERVAL = 10.0
"""Maximum number of seconds between two pings: proxies drop connections that are idle for 30."""

MAX_SILENCE = 30.0
"""Seconds without a message or a pong until failure, unless `Timeout.read` sets a limit."""

WINDOW = 2**18
"""Maximum number of bytes in flight: about 6 seconds of speech."""

LINGER = 0.5
"""Seconds to wait for the close frame of the server."""


@final
class _NotUpgradedError(Exception):
    """The server responded to a handshake without opening a WebSocket."""


async def open_channel(
    session: aiohttp.ClientSession,
    send: Callable[[Mapping[str, str]], Awaitable[aiohttp.ClientResponse]],
    request: Request,
    url: URL,
    max_message_bytes: int,
) -> Response | aiohttp.ClientResponse:
    """Open a WebSocket, and wait for the server's first message.

    Args:
        session: The session whose WebSocket client to use.
        send: Sends the request with additional headers.
        request: The request.
        url: The URL.
        max_message_bytes: Size limit of a message from the server.

    Returns:
        The response to an accepted handshake, or aiohttp's unread response to a rejected one.
    """
    responses: list[aiohttp.ClientResponse] = []

    async def handshake(*_: Any, headers: Mapping[str, str], **__: Any) -> aiohttp.ClientResponse:
        responses.append(await send(headers))
        if responses[0].status != 101:
            # aiohttp would drop the body, in which the server explains the refusal.
            raise _NotUpgradedError
        return responses[0]

    own = copy(session)
    vars(own)["request"] = handshake
    try:
        socket = await own.ws_connect(
            url,
            autoclose=False,
            autoping=False,
            max_msg_size=max_message_bytes,
            timeout=aiohttp.ClientWSTimeout(ws_close=None),  # pyright: ignore[reportCallIssue]
        )
    except _NotUpgradedError:
        return responses[0]
    finally:
        own.detach()
    channel = WebSocketChannel(socket, responses[0], request, url)
    try:
        headers = Headers(responses[0].headers.items())
        return Response(101, headers, await anext(channel), channel)
    except BaseException:
        channel.abort()
        raise


@final
class WebSocketChannel:
    """The messages of an open WebSocket. One task reads, others send."""

    def __init__(
        self,
        socket: "aiohttp.ClientWebSocketResponse",
        response: aiohttp.ClientResponse,
        request: Request,
        url: URL,
    ) -> None:
        """Create a channel over an open socket. Errors mention the request and URL."""
        connection = response.connection
        assert connection is not None  # noqa: S101 - aiohttp keeps it until the socket is closed
        self._socket = socket
        self._transport: Any = connection.transport
        self._response = response
        self._request = request
        self._url = url
        self._silence = request.read_timeout or MAX_SILENCE
        self._loop = asyncio.get_running_loop()
        self._open = True
        self._broken = False
        self._sent = self._pinged = self._acknowledged = 0
        self._progress = asyncio.Event()
        self._pong: asyncio.Task[None] | None = None
        self._pending_ping: bytes | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        """Return the next message. Safe to cancel: aiohttp buffers what arrives."""
        while True:
            message: Any = await self._receive()
            match message.type:
                case aiohttp.WSMsgType.TEXT:
                    return message.data.encode()  # type: ignore[no-any-return]
                case aiohttp.WSMsgType.BINARY:
                    return bytes(message.data)
                case aiohttp.WSMsgType.PING:
                    self._reply(bytes(message.data))
                case aiohttp.WSMsgType.PONG:
                    self._acknowledge(bytes(message.data))
                case _:
                    self._fail(message)

    async def _receive(self) -> aiohttp.WSMessage:
        deadline = Deadline(self._silence)
        failure: Exception
        try:
            with deadline:
                return await self._socket.receive()
        except TimeoutError:
            message = f"{self._server} was silent for {self._silence:g} s"
            failure = RequestTimeoutError(message, "read")
        except Exception as error:  # noqa: BLE001
            failure = translate(error, self._request, self._url)
        except BaseException as error:  # noqa: BLE001 - raised below
            raise bare(error) from None
        self._broken = True
        raise failure  # Outside of the `except` block its context is not aiohttp's error.

    def _fail(self, message: Any) -> NoReturn:
        if message.type is aiohttp.WSMsgType.CLOSE:
            raise close_error(self._server, message.data, message.extra or "")
        self._broken = True
        if isinstance(message.data, aiohttp.WebSocketError):
            reason = in_one_line(str(message.data))
            raise APIConnectionError(f"{self._server} sent an invalid WebSocket message: {reason}")
        raise APIConnectionError(f"The connection to {self._server} broke without a close frame")

    @property
    def _server(self) -> str:
        return f"{self._url.host}:{self._url.port}"

    def _reply(self, payload: bytes) -> None:
        """Reply to a ping, without making the reader wait for the server to read."""
        self._pending_ping = payload
        if self._pong is None or self._pong.done():
            self._pong = self._loop.create_task(self._send_pongs())

    async def _send_pongs(self) -> None:
        """Reply to the last ping. RFC 6455 allows skipping earlier ones."""
        with suppress(Exception):  # The reader reports a broken connection.
            while self._pending_ping is not None:
                payload, self._pending_ping = self._pending_ping, None
                await self._socket.pong(payload)

    def _acknowledge(self, payload: bytes) -> None:
        if payload.isdigit() and len(payload) < 20:
            self._acknowledged = max(self._acknowledged, min(int(payload), self._sent))
            self._progress.set()

    async def send(self, text: str) -> None:
        """Send a message, waiting while the window is full."""
        failure: Exception
        try:
            while self._open and self._sent - self._acknowledged > WINDOW:
                self._progress.clear()
                await self._progress.wait()
            self._sent += len(text)
            await self._socket.send_str(text)
            if self._sent - self._pinged >= WINDOW // 2:
                await self._ping()
        except Exception as error:  # noqa: BLE001
            failure = translate(error, self._request, self._url)
        else:
            return
        raise failure  # Outside of the `except` block its context is not aiohttp's error.

    async def _ping(self) -> None:
        self._pinged = self._sent
        await self._socket.ping(str(self._sent).encode())

    async def keep_alive(self) -> None:
        """Ping the server until cancelled, or until the connection breaks."""
        with suppress(Exception):  # The reader reports a broken connection.
            while True:
                await asyncio.sleep(min(PING_INTERVAL, self._silence / 3))
                await self._ping()

    async def aclose(self) -> None:
        """Send a close frame unless the connection is broken, and free it. Safe to call twice."""
        was_open, self._open = self._open, False
        self._progress.set()
        try:
            if was_open and not self._broken:
                linger = Deadline(LINGER)
                with suppress(Exception), linger:
                    await self._socket.close()
                if linger.expired:
                    self._transport.abort()
        finally:
            self.abort()

    def abort(self) -> None:
        """Free the connection at once. Unsent messages are lost."""
        self._open = False
        self._progress.set()
        if self._pong is not None:
            self._pong.cancel()
        if not self._transport.is_closing() and self._transport.get_write_buffer_size():
            self._transport.abort()
        self._response.close()

    def __del__(self) -> None:
        if self._open and not self._loop.is_closed():
            warnings.warn("a WebSocket was not closed", ResourceWarning, 1, self)
            self._loop.call_soon_threadsafe(self._response.close)
