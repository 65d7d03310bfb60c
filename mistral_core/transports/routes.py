"""Routes to servers, learned from the requests that a session has sent."""

from typing import Any, Self, final

import aiohttp
import attrs

from mistral_core.http.messages import Request


@final
@attrs.frozen(eq=False)
class Route:
    """The parts of a request that are the same in all requests to a server.

    Attributes:
        key: The key of its connections in the pool.
        host: The `Host` header.
        accept_encoding: The encodings that aiohttp decompresses. `None` if still unknown.
    """

    key: Any
    host: str
    accept_encoding: str | None

    @classmethod
    def of(cls, response: aiohttp.ClientResponse, request: Request, key: Any) -> Self | None:
        """Return the route of a request that a session has sent.

        Headers that the request itself sets are not part of the route. `None` if it sets `Host`.
        """
        own = {name.lower() for name in request.headers}
        headers = response.request_info.headers
        if "host" in own:
            return None
        encoding = None if "accept-encoding" in own else headers["accept-encoding"]
        return cls(key, headers["host"], encoding)
