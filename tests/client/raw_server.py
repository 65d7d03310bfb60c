"""A server that sends scripted bytes."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Received(list[bytes]):
    """The received requests as bytes, and the number of connections."""

    connections = 0


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return a complete HTTP/1.1 response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """Read a complete request."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0][15:]) if lengths else 0)


@asynccontextmanager
async def serving(
    *responses: bytes | None, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[tuple[str, Received], None]:
    """Send the next response to each request, or nothing for `None`. Yield the URL and requests.

    A connection is closed after a response without a `Content-Length`.
    """
    received = Received()
    left = list(responses)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.connections += 1
        try:
            while True:
                received.append(await read_request(reader))
                response = left.pop(0)
                if response is None:
                    await reader.read()
                    return
                writer.write(response)
                await writer.drain()
                if b"Content-Length" not in response or b"Connection: close" in response:
                    return
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"{'https' if tls else 'http'}://{host}:{port}", received
