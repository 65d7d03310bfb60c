"""The bodies of requests: read within a limit, and recorded where they are small."""

import attrs

from mistral_core import Request
from mistral_funcs.sandbox.routing import RefusalError

LARGEST = 512 * 2**20
"""Maximum size of a body in bytes, as in the API."""

LARGEST_DECODED = 32 * 2**20
"""Maximum size of a body that was sent compressed."""

LARGEST_RECORDED = 2**20
"""Maximum size of a body that is kept with its request."""


async def read_body(request: Request) -> bytes | bytearray:
    """Return the body of a request, or refuse it with 413."""
    body = request.body or b""
    limit = LARGEST_DECODED if "content-encoding" in request.headers else LARGEST
    if isinstance(body, bytes):
        _check_size(len(body), limit)
        return body
    _check_size(body.size or 0, limit)
    held = bytearray()  # It grows in place: joining chunks would hold the body twice.
    async for chunk in body:
        held += chunk
        _check_size(len(held), limit)
    return held


def recorded(request: Request, body: bytes | bytearray) -> Request:
    """Return a request as the sandbox keeps it: with its body as bytes, unless that is large."""
    kept = bytes(body) if 0 < len(body) <= LARGEST_RECORDED else None
    return request if kept is request.body else attrs.evolve(request, body=kept)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise RefusalError(413, {"detail": f"The body has more than {limit} bytes."})
