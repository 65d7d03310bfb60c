"""Pooled connections: which one can be reused, and whether a request reached the server.

A connection is reused only while nothing has arrived on it since its last response (RFC 9112,
section 9.2). Bytes that arrive later are an unsolicited response, which would be mistaken for the
response to the next request. An end of file means that the server has closed the connection.

A server can still close a connection, or send such bytes, while a request is in flight. TCP
counters then prove what happened. Each packet of the server acknowledges all bytes that its kernel
has received. If a packet arrives and none of the request is acknowledged, the server sent it before
receiving the request. Only Linux reports these counters. Elsewhere, nothing is proven about a
request that has been written.
"""

import re
import select
import socket
import struct
import sys
from asyncio import AbstractEventLoop, BaseTransport, Transport
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from time import monotonic
from typing import Any, final

import aiohttp
import attrs
from aiohttp.client_proto import ResponseHandler

from mistral_core.transports.routes import Route

KEEP_ALIVE = 4.0
"""Seconds that an unused connection stays in the pool. Many servers close theirs after 5."""

KEEP_ALIVE_SHARE = 0.8
"""The part of a server's own `Keep-Alive: timeout` during which a connection is reused."""

KEEP_ALIVE_TIMEOUT = re.compile(r"\btimeout\s*=\s*([0-9]{1,9})\b", re.ASCII | re.IGNORECASE)

PROBES = [
    (getattr(socket, name), value)
    for name, value in (
        ("TCP_KEEPIDLE", 60),
        ("TCP_KEEPALIVE", 60),  # the name of TCP_KEEPIDLE on macOS
        ("TCP_KEEPINTVL", 60),
        ("TCP_KEEPCNT", 5),
    )
    if hasattr(socket, name)
]
"""TCP keep-alive options in seconds: NAT gateways drop connections that are silent for minutes."""

TCP_INFO = struct.Struct("=120xQ24xI")
"""`tcpi_bytes_acked` and `tcpi_data_segs_in` in Linux's `struct tcp_info`."""


@final
class Handler(ResponseHandler):
    """The protocol of one connection: guards it while idle and until the first byte of a response.

    aiohttp calls `connection_made`, `data_received` and `eof_received`; the pool calls `release`
    and `reuse`; `begin` is called right before the first byte of a request is written.
    """

    def __init__(self, loop: AbstractEventLoop) -> None:
        """Start unguarded: what arrives on a new connection belongs to its first request."""
        super().__init__(loop)
        self.key: Any = None
        self._guarded = self._idle = self._skipped = False
        self._begun = True
        self._unread = self._countable = False
        self._acked = self._segments = 0
        self._keep_alive = KEEP_ALIVE
        self._expires = 0.0

    @property
    def unreceived(self) -> bool:
        """Whether the server provably closed before it received any byte of the request."""
        return self._unread or not self._begun

    def connection_made(self, transport: BaseTransport) -> None:
        """Turn on TCP keep-alive."""
        super().connection_made(transport)
        self._socket: socket.socket = transport.get_extra_info("socket")
        self._is_readable = _readability(self._socket.fileno())
        with suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for option, value in PROBES:
                self._socket.setsockopt(socket.IPPROTO_TCP, option, value)
        self._counters = _counters(self._socket)
        self._acked, self._segments = self._counters()

    def expire_after(self, keep_alive: str) -> None:
        """Apply a `Keep-Alive` header that requests a shorter time."""
        timeout = KEEP_ALIVE_TIMEOUT.search(keep_alive)
        if timeout is not None:
            self._keep_alive = min(KEEP_ALIVE, KEEP_ALIVE_SHARE * int(timeout[1]))
            self._expires = min(self._expires, monotonic() + self._keep_alive)

    def release(self) -> None:
        """Guard the connection while it is in the pool."""
        self._guarded = self._idle = True
        self._expires = monotonic() + self._keep_alive

    def reuse(self) -> bool:
        """Return whether the connection can take a request, and guard it until the response."""
        if self.should_close or self._is_readable() or monotonic() >= self._expires:
            return False
        # Counters that did not change during the last request are not usable: some networks bypass
        # TCP.
        acked, self._segments = self._counters()
        self._countable, self._acked = acked > self._acked, acked
        self._idle = self._begun = False
        transport: Any = _FirstWrite(self, self.transport)
        self.transport = transport
        return True

    def begin(self, transport: Transport) -> None:
        """Check the socket once more: the event loop may have been busy since `reuse`.

        Raises:
            ClientConnectionResetError: The server closed the connection or sent unsolicited bytes.
        """
        self.transport = transport
        if self._is_readable():
            raise aiohttp.ClientConnectionResetError("closed while idle")
        self._begun = True

    def data_received(self, data: bytes) -> None:
        """Pass on bytes that belong to the response of a request."""
        if not (self._guarded and data):
            super().data_received(data)
        elif self._admits():
            super().data_received(data)
            if len(self._buffer) > 1 and self._is_ambiguous():
                self._reject()

    def eof_received(self) -> None:
        """Record whether the server closed the connection before it received the request."""
        self._unread = self._guarded and not self._idle and self._precedes_request()
        super().eof_received()

    def _admits(self) -> bool:
        if self._idle:
            self.close()
        elif self._precedes_request():
            self._skipped = True
        elif self._skipped:
            self._reject()
        else:
            self._guarded = False
        return not self._guarded

    def _reject(self) -> None:
        self.close()
        self._buffer.clear()
        self.set_exception(aiohttp.ServerDisconnectedError("unsolicited response"))

    def _precedes_request(self) -> bool:
        return self._countable and self._counters()[0] == self._acked

    def _is_ambiguous(self) -> bool:
        """Return whether two responses arrived, the first of them possibly before the request."""
        responses = sum(message.code >= 200 for (message, _), _ in self._buffer)
        in_one_packet = self._countable and self._counters()[1] == self._segments + 1
        return responses > 1 and not in_one_packet


@final
class _FirstWrite:
    """The transport of a reused connection until the first byte of a request is written."""

    __slots__ = ("_handler", "_transport", "is_closing")

    def __init__(self, handler: Handler, transport: Any) -> None:
        self._handler = handler
        self._transport = transport
        self.is_closing = transport.is_closing

    def write(self, data: Any) -> None:
        self._handler.begin(self._transport)
        self._transport.write(data)

    def __getattr__(self, name: str) -> Any:
        if name == "writelines":
            self._handler.begin(self._transport)
        return getattr(self._transport, name)


@final
@attrs.define(eq=False, repr=False)
class Connection:
    """The connection of a request.

    Attributes:
        borrowed: Whether it belongs to a borrowed session, whose connections are not tracked.
        handler: Its protocol; `None` until the connection is established.
        reused: Whether it comes from the pool.
    """

    borrowed: bool
    handler: Handler | None = None
    reused: bool = False

    @property
    def is_unsent(self) -> bool:
        """Whether the server provably received no byte of the request."""
        return not self.borrowed and (self.handler is None or self.handler.unreceived)

    def expire_after(self, keep_alive: str) -> None:
        """Apply a `Keep-Alive` header of the response."""
        if self.handler is not None:
            self.handler.expire_after(keep_alive)


current: ContextVar[Connection] = ContextVar("current")
"""The connection of the request that is being sent. aiohttp's tracing would be slower."""


@final
class Connector(aiohttp.TCPConnector):
    """A pool that reuses a connection only if nothing has arrived on it since its last response.

    Attributes:
        routes: The routes to servers, by scheme and authority.
    """

    def __init__(self, *, limit: int, limit_per_host: int) -> None:
        """Create an empty pool in the running loop.

        Args:
            limit: Maximum number of connections; 0 means no limit.
            limit_per_host: Maximum number of connections to one host; 0 means no limit.
        """
        super().__init__(  # pyright: ignore[reportUnknownMemberType] - of `socket_factory`
            limit=limit,
            limit_per_host=limit_per_host,
            keepalive_timeout=KEEP_ALIVE,
            # With `aiodns` installed, aiohttp would bypass the system's resolver.
            resolver=aiohttp.ThreadedResolver(),
        )
        handler: type[ResponseHandler] = Handler
        self._factory = partial(handler, loop=self._loop)
        self.routes: dict[tuple[str, str], Route] = {}

    async def take(self, key: Any) -> Any:
        """Return a pooled connection, or `None` if there is none.

        Args:
            key: The key of the server, which all its connections share.
        """
        return await self._get(key, [])

    async def _get(self, *args: Any, **kwargs: Any) -> Any:
        while (pooled := await super()._get(*args, **kwargs)) is not None:
            handler: Any = pooled.protocol
            if handler.reuse():
                connection = current.get()
                connection.handler, connection.reused = handler, True
                return pooled
            pooled.close()
        return None

    async def _create_connection(self, req: Any, *args: Any, **kwargs: Any) -> Any:
        handler: Any = await super()._create_connection(req, *args, **kwargs)
        handler.key = req.connection_key
        current.get().handler = handler
        return handler

    def _release(self, key: Any, protocol: Any, **kwargs: Any) -> None:
        super()._release(key, protocol, **kwargs)
        protocol.release()


def _counters(connected: socket.socket) -> Callable[[], tuple[int, ...]]:
    """Return a function that counts the bytes acknowledged and the packets sent by the peer."""
    # Multipath TCP counts the bytes of one path only.
    if (
        sys.platform != "linux"
        or connected.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL) != socket.IPPROTO_TCP
    ):
        return _no_counters
    getsockopt, level, option, size, unpack = (
        connected.getsockopt,
        socket.IPPROTO_TCP,
        socket.TCP_INFO,
        TCP_INFO.size,
        TCP_INFO.unpack,
    )
    if len(getsockopt(level, option, size)) < size:
        return _no_counters
    return lambda: unpack(getsockopt(level, option, size))


def _no_counters() -> tuple[int, ...]:
    return 0, 0


def _readability(descriptor: int) -> Callable[[], object]:
    """Return a function that returns whether a socket is readable now."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return partial(poll.poll, 0)
    return partial(_select, descriptor)


def _select(descriptor: int) -> bool:
    """Replace `poll` on Windows, where `select` accepts descriptors of any value."""
    return bool(select.select([descriptor], [], [], 0)[0])
