"""A raw socket server that misbehaves in one way at a time."""

import asyncio
import json
import socket
import struct
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

from tests.client.raw_server import read_request

Behaviour: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

MODEL: dict[str, object] = {"id": "m", "object": "model", "capabilities": {}}
GOOD = json.dumps({"object": "list", "data": [MODEL]}).encode()


def http(
    body: bytes = GOOD,
    *headers: str,
    status: str = "200 OK",
    length: bool = True,
    content_type: str | None = "application/json",
) -> bytes:
    """Return a response as bytes."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    lines += [f"Content-Length: {len(body)}"] if length else []
    return "\r\n".join([*lines, *headers]).encode() + b"\r\n\r\n" + body


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n", headers: tuple[str, ...] = ()) -> bytes:
    """Return a chunked response."""
    body = b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in chunks)
    return http(b"", "Transfer-Encoding: chunked", *headers, length=False) + body + end


def reset(writer: asyncio.StreamWriter) -> None:
    """Close a connection with RST."""
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def says(*parts: bytes) -> Behaviour:
    """Send these bytes, and close."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for part in parts:
            writer.write(part)
        await writer.drain()

    return behave


def drips(start: bytes, drop: bytes, seconds: float = 0.02) -> Behaviour:
    """Send the start of a response, then the same bytes again and again."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(start)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(seconds)

    return behave


async def silence(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Read the request, then stay silent until the client disconnects."""
    await read_request(reader)
    await reader.read()


async def hang_up_at_once(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Close before reading."""
    writer.close()


async def reset_at_once(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reset before reading."""
    reset(writer)


async def reset_after_the_request(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Read the request, then reset."""
    await read_request(reader)
    reset(writer)


async def reset_in_the_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send half a body, then reset."""
    await read_request(reader)
    writer.write(http()[:-10])
    await writer.drain()
    await asyncio.sleep(0.02)
    reset(writer)


async def echo_the_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send the request back in an error, as debugging gateways do."""
    received = (await read_request(reader)).decode("latin-1")
    line = next(line for line in received.split("\r\n") if line.lower().startswith("authorization"))
    body = json.dumps(
        {"message": received, "detail": [{"loc": ["header"], "msg": received}]}
    ).encode()
    writer.write(http(body, f"X-Echo: {line}", status="400 Bad Request"))


async def echo_in_a_success(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send the request back instead of a list of models."""
    received = (await read_request(reader)).decode("latin-1")
    writer.write(http(json.dumps({"data": received}).encode()))


def bomb(size: int) -> bytes:
    """Return zeros, compressed to a thousandth."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(2**20)) for _ in range(size // 2**20)) + packer.flush()


@asynccontextmanager
async def misbehaving(
    behaviour: Behaviour, after: int = 0
) -> AsyncGenerator[tuple[str, list[bytes]], None]:
    """Serve a behavior. Yield the URL, and the start of each received request.

    It is used for the first requests only, if a number is given.
    """
    received: list[bytes] = []
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            behave = behaviour
            if after and len(received) >= after:
                behave = says(http(GOOD, "Connection: close"))
            await behave(_Recorder(reader, received), writer)
            writer.close()
            await writer.wait_closed()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=2**20)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", received
    finally:
        server.close()
        for task in [*tasks]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


class _Recorder(asyncio.StreamReader):
    """Records each request."""

    def __init__(self, reader: asyncio.StreamReader, received: list[bytes]) -> None:
        super().__init__()
        self._reader = reader
        self._received = received

    async def readuntil(self, separator: bytes = b"\n") -> bytes:  # type: ignore[override]
        head = await self._reader.readuntil(separator)
        self._received.append(head)
        return head

    async def readexactly(self, n: int) -> bytes:
        return await self._reader.readexactly(n)

    async def read(self, n: int = -1) -> bytes:
        return await self._reader.read(n)
