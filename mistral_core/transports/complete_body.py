"""Response bodies that are read completely, up to a size limit."""

import aiohttp

from mistral_core.errors import ResponseValidationError
from mistral_core.http.headers import Headers, request_id
from mistral_core.transports.direct import DirectResponse

MAX_ERROR_BYTES = 2**20
"""Maximum size of the body of an error, which is truncated."""


async def read_body(
    response: aiohttp.ClientResponse | DirectResponse, headers: Headers, max_bytes: int
) -> bytes:
    """Read a body, and free the connection.

    Args:
        response: The response.
        headers: Its headers.
        max_bytes: Maximum size of the body after decompression.

    Raises:
        ResponseValidationError: The body of a successful response is larger.
    """
    if isinstance(response, DirectResponse):
        body = response.small_body(min(max_bytes, MAX_ERROR_BYTES))
        if body:
            return body
    async with response:
        return await _read(response, headers, max_bytes)


async def _read(
    response: aiohttp.ClientResponse | DirectResponse, headers: Headers, limit: int
) -> bytes:
    is_error = response.status >= 300
    if is_error:
        limit = min(limit, MAX_ERROR_BYTES)
    size = response.content_length if "content-encoding" not in headers else None
    if size and size <= limit:
        return await response.read()
    chunks: list[bytes] = []
    remaining = min(limit, MAX_ERROR_BYTES) if size else limit
    async for chunk in response.content.iter_any():
        chunks.append(chunk[:remaining])
        remaining -= len(chunk)
        if remaining < 0:
            response.close()
            break
    if remaining >= 0 or is_error:
        return b"".join(chunks)
    raise ResponseValidationError(
        f"The response has more than {limit} bytes, the limit set by `max_response_bytes`",
        status=response.status,
        request_id=request_id(headers),
        headers=headers,
        body=_first_bytes(chunks, MAX_ERROR_BYTES),
    )


def _first_bytes(chunks: list[bytes], size: int) -> bytes:
    """Return the first bytes of a body without joining all chunks."""
    first: list[bytes] = []
    for chunk in chunks:
        first.append(chunk[:size])
        size -= len(first[-1])
        if not size:
            break
    return b"".join(first)
