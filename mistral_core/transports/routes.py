"""Routes to servers, learned from the requests that a session has sent."""

from typing import Any, Self, final

import aiohttp
import attrs

from mistral_core.http.messages import Request
from mistral_core.shared_methods import SharedRepr


@final
@attrs.frozen(eq=False)
class Route(SharedRepr):
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

        What the request itself has set is not part of it. `None` if that is the host.
        """
        own = {name.lower() for name in request.headers}
        headers = response.request_info.headers
        if "host" in own:
            return None
        encoding = None if "accept-encoding" in own else headers["accept-encoding"]
        return cls(key, headers["host"], encoding)
