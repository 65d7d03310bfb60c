"""Routes to servers, learned from the requests that a session has sent."""

from typing import Any, Self, final

import aiohttp
import attrs


@final
@attrs.frozen(eq=False)
class Route:
    """The parts of a request that are the same in all requests to a server.

    Attributes:
        key: The key of its connections in the pool.
        host: The `Host` header.
        accept_encoding: The encodings that aiohttp decompresses.
    """

    key: Any
    host: str
    accept_encoding: str

    @classmethod
    def of(cls, response: aiohttp.ClientResponse, key: Any) -> Self:
        """Return the route of a request that a session has sent."""
        headers = response.request_info.headers
        return cls(key, headers["host"], headers["accept-encoding"])
