"""The endpoints of servers: child processes and URLs."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, final

import attrs
import httpx2
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError

from mistral_core import APIConnectionError, Failure
from mistral_funcs.toolkit.mcp.child_process import ChildProcess
from mistral_funcs.toolkit.mcp.session_http import SessionClient
from mistral_funcs.toolkit.mcp.session_messages import MAX_MESSAGE_BYTES, Streams

CONNECT_SECONDS = 30.0
SILENCE = 300.0
"""Time without a byte from the server, in seconds, after which a connection is closed."""


@final
@attrs.define(eq=False)
class StdioEndpoint:
    """A server in a child process.

    Attributes:
        name: The name of the server in messages.
        process: The process.
    """

    name: str
    process: ChildProcess

    def connect(
        self,
        when_broken: Callable[[Failure], None],  # noqa: ARG002
    ) -> AbstractAsyncContextManager[Streams]:
        """Start the process. Leaving the block ends it."""
        return self.process.connect()

    def failure_of(self, error: MCPError | None) -> Failure | None:  # noqa: ARG002
        """Return how the process ended, unless it runs."""
        if not self.process.ending:
            return None
        return APIConnectionError(f"{self.name} {self.process.ending}", temporary=False)


@final
@attrs.define(eq=False)
class HttpEndpoint:
    """A server with a URL.

    Attributes:
        name: The name of the server in messages.
        url: The URL.
        settings: Returns settings of the HTTP client of a session.
        sse: Whether the server has the older transport: one stream of events.
        redirects: Whether the session may follow redirects within the server.
    """

    name: str
    url: str = attrs.field(repr=False)
    settings: Callable[[], Mapping[str, Any]] = attrs.field(repr=False)
    sse: bool = False
    redirects: bool = True
    _http: SessionClient | None = attrs.field(default=None, init=False, repr=False)

    @asynccontextmanager
    async def connect(
        self, when_broken: Callable[[Failure], None]
    ) -> AsyncGenerator[Streams, None]:
        """Connect. Leaving the block ends the session."""
        http = self._http = self._client(when_broken if self.sse else None)
        if self.sse:

            def same_client(*_: Any, **__: Any) -> httpx2.AsyncClient:
                return http

            async with sse_client(self.url, httpx_client_factory=same_client) as streams:
                yield streams
        else:
            async with (
                http,
                streamable_http_client(
                    self.url, http_client=http, max_sse_event_size=MAX_MESSAGE_BYTES
                ) as streams,
            ):
                yield streams

    def _client(self, when_broken: Callable[[Failure], None] | None) -> SessionClient:
        return SessionClient(
            self.name,
            redirects=self.redirects,
            when_broken=when_broken,
            timeout=httpx2.Timeout(CONNECT_SECONDS, read=SILENCE),
            **self.settings(),
        )

    def failure_of(self, error: MCPError | None) -> Failure | None:
        """Return the failure of the request behind an error."""
        if error is None or self._http is None:
            return None
        return self._http.failure_of(error.data)
