"""Bodies above the size limit need no more memory than bodies at the limit."""

import asyncio
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import aiohttp
import pytest

from mistral_core import Err, MistralCore, ResponseValidationError
from mistral_funcs import models_list

LIMIT = 64 * 2**20

BOUNDED = tuple(map(int, aiohttp.__version__.split(".")[:2])) >= (3, 14)
"""Whether aiohttp decompresses in steps. Older versions decompress a packet at once."""


def plain() -> Iterator[bytes]:
    """Return chunks with twice the allowed size."""
    return (bytes(2**16) for _ in range(2 * LIMIT // 2**16))


def bomb() -> Iterator[bytes]:
    """Return small chunks that decompress to twice the allowed size."""
    compressor = zlib.compressobj(wbits=31)
    body = b"".join(compressor.compress(chunk) for chunk in plain()) + compressor.flush()
    return (body[start : start + 2**16] for start in range(0, len(body), 2**16))


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        pytest.param("identity", plain, id="plain"),
        pytest.param(
            "gzip", bomb, id="bomb", marks=pytest.mark.skipif(not BOUNDED, reason="needs a bound")
        ),
    ],
)
async def test_a_body_above_the_limit_needs_little_memory(
    encoding: str, body: Callable[[], Iterator[bytes]]
) -> None:
    """At most 1.1 times the limit, compressed or not."""
    chunks = [b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in body()]

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nTransfer-Encoding: chunked\r\n"
        writer.write(head.encode() + b"\r\n")
        try:
            for chunk in chunks:
                writer.write(chunk)
                await writer.drain()
        except ConnectionError:
            pass
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with MistralCore(
            "key", server_url=f"http://127.0.0.1:{port}", max_response_bytes=LIMIT
        ) as client:
            tracemalloc.start()
            before = tracemalloc.get_traced_memory()[0]
            listed = await models_list(client)
            peak = tracemalloc.get_traced_memory()[1] - before
            tracemalloc.stop()
    assert isinstance(listed, Err)
    assert isinstance(listed.error, ResponseValidationError)
    assert peak < 1.1 * LIMIT
