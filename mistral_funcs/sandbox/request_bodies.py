"""Read request bodies within a limit, decompress them, and record small ones."""

import zlib
from collections.abc import AsyncIterator

import attrs

from mistral_core import Request
from mistral_core.http.messages import RequestBody
from mistral_funcs.sandbox.error_responses import RefusalError

LARGEST = 512 * 2**20
"""Maximum size of a body in bytes, as in the API."""

LARGEST_DECODED = 32 * 2**20
"""Maximum size of a decompressed body in bytes."""

LARGEST_RECORDED = 2**20
"""Maximum size in bytes of a body that is recorded with its request."""

WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
"""The supported content encodings, with their zlib window bits."""

UNREADABLE = {"detail": "There was an error parsing the body"}


async def read_body(request: Request) -> bytes | bytearray:
    """Return the body of a request, or respond with 413 (size), 415 or 400 (encoding)."""
    body = request.body or b""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding != "identity":
        return await _decompressed(body, encoding)
    if isinstance(body, bytes):
        _check_size(len(body), LARGEST)
        return body
    _check_size(body.size or 0, LARGEST)
    held = bytearray()  # Grow in place. Joining chunks would need twice the memory.
    async for chunk in body:
        held += chunk
        _check_size(len(held), LARGEST)
    return held


def recorded(request: Request, body: bytes | bytearray) -> Request:
    """Return a request to record, with its body as bytes unless that is large."""
    kept = bytes(body) if 0 < len(body) <= LARGEST_RECORDED else None
    return request if kept is request.body else attrs.evolve(request, body=kept)


async def _decompressed(body: bytes | RequestBody, encoding: str) -> bytearray:
    if encoding not in WINDOWS:
        raise RefusalError(415, {"detail": "Unsupported Content-Encoding"})
    decoder = zlib.decompressobj(WINDOWS[encoding])
    held = bytearray()
    read = 0
    try:
        async for chunk in _chunks(body):
            read += len(chunk)
            held += decoder.decompress(chunk, LARGEST_DECODED + 1 - len(held))
            _check_size(len(held), LARGEST_DECODED)
    except zlib.error:
        raise RefusalError(400, UNREADABLE) from None
    if read and not decoder.eof:
        raise RefusalError(400, UNREADABLE)
    return held


async def _chunks(body: bytes | RequestBody) -> AsyncIterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    async for chunk in body:
        yield chunk


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise RefusalError(413, {"detail": f"The body has more than {limit} bytes"})
