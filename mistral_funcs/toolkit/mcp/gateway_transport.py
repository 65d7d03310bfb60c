"""The transport of a session with a connector: requests are sent by the client."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any, cast, final

import httpx2

from mistral_core import (
    UNSET,
    Binary,
    ByteStream,
    Failure,
    HTTPValidationError,
    MistralCore,
    Ok,
    Operation,
    RequestOptions,
    Result,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_funcs.toolkit.mcp.connector_requests import CREDENTIALS_NAME

PATH = "/v1/connectors-gateway/{connector}/mcp"

SILENCE = 300.0
"""Time without a byte that is normal for the gateway, in seconds."""

_BOTH = Binary("application/json, text/event-stream")
OPERATIONS: dict[str, Operation[ByteStream]] = {
    "POST": Operation("POST", PATH, returns=_BOTH, redirects=False),
    "GET": Operation("GET", PATH, returns=Binary("text/event-stream"), redirects=False),
    "DELETE": Operation("DELETE", PATH, returns=_BOTH, redirects=False),
}

ENCODING = {"content-encoding", "content-length", "transfer-encoding"}
"""Headers that describe the body as it was sent, before the client decoded it."""


@final
class GatewayTransport(httpx2.AsyncBaseTransport):
    """A transport that sends the requests of a session with a connector.

    The key, the server URL, the proxy, TLS and the hooks are those of the client.
    """

    def __init__(self, client: MistralCore, connector: str, credentials_name: str | None) -> None:
        """Use a client.

        Args:
            client: The client to use.
            connector: Name or ID of the connector.
            credentials_name: Name of the credentials that the connector uses.
        """
        self._client = client
        self._connector = connector
        self._credentials_name = credentials_name

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request.

        Raises:
            MistralError: No complete response.
        """
        retries = RetryConfig(strategy="none") if request.method == "GET" else None
        headers = {
            name: text
            for name, text in request.headers.items()
            if name.startswith("mcp-") or name == "last-event-id"
        }
        result: Result[ByteStream, Failure] = await self._client.execute(
            OPERATIONS[request.method],
            path={"connector": self._connector},
            headers={**headers, CREDENTIALS_NAME: self._credentials_name},
            body=json.loads(request.content) if request.method == "POST" else UNSET,
            options=RequestOptions(timeout=Timeout(read=SILENCE, deadline=None), retries=retries),
        )
        if isinstance(result, Ok):
            stream = result.value
            received = [each for each in stream.headers.items() if each[0] not in ENCODING]
            body = _Body()
            await body.open(stream)
            return httpx2.Response(cast("int", result.call.status), headers=received, stream=body)
        failure = result.error
        if isinstance(failure, SDKError | HTTPValidationError):
            received = [each for each in failure.headers.items() if each[0] not in ENCODING]
            return httpx2.Response(failure.status, headers=received, content=failure.body)
        raise failure


@final
class _Body(httpx2.AsyncByteStream):
    """The body of a response of the client."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        self._chunks: AsyncIterator[Any]

    async def open(self, stream: ByteStream) -> None:
        """Enter a stream, which `aclose` leaves."""
        self._chunks = await self._stack.enter_async_context(stream)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._chunks:
            yield chunk.unwrap()

    async def aclose(self) -> None:
        await self._stack.aclose()
