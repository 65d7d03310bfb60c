"""HTTP requests of a session: a failed request fails its call, not the session."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, cast, final
from uuid import uuid4

import httpx2
from mcp_types import INTERNAL_ERROR

from mistral_core import (
    APIConnectionError,
    Failure,
    Headers,
    InvalidRequestError,
    MistralError,
    RequestTimeoutError,
    Response,
)
from mistral_core.http.secret import Secret
from mistral_core.http.text import in_one_line, without_userinfo
from mistral_core.response.error_bodies import read_error
from mistral_core.response.redaction import redact
from mistral_funcs.toolkit.mcp.session_messages import MAX_MESSAGE_BYTES

MAX_ERROR_BYTES = 2**20
MAX_FAILURES = 100
"""Number of failures to keep for the calls that wait for them."""

NOTIFICATION_SECONDS = 2.0
"""Time limit of requests that no call waits for. The requests after them are sent later."""

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


@final
class SessionClient(httpx2.AsyncClient):
    """An HTTP client for a session.

    The session ends if a request raises an error. Therefore an error of the connection, of the
    authentication or of the server becomes a response with a JSON-RPC error. Its `data` is the
    key of the failure.
    """

    def __init__(
        self,
        name: str,
        *,
        redirects: bool = True,
        when_broken: Callable[[Failure], None] | None = None,
        **settings: Any,
    ) -> None:
        """Configure a client.

        Args:
            name: The name of the server in messages.
            redirects: Whether the session may follow redirects.
            when_broken: Called with a failure that ends the session, for the transport SSE: its
                responses do not come from the requests.
            settings: Settings of `httpx2.AsyncClient`.
        """
        super().__init__(**settings)
        self._name = name
        self._redirects = redirects
        self._when_broken = when_broken
        self._failures: dict[str, Failure] = {}

    def failure_of(self, data: object) -> Failure | None:
        """Return the failure for the `data` of a JSON-RPC error, once."""
        return self._failures.pop(data, None) if isinstance(data, str) else None

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send a request. The response is an error if the request fails."""
        try:
            if request.method == "GET":
                return await self._listen(request, options)
            limit = None if _is_call(request) else NOTIFICATION_SECONDS
            async with asyncio.timeout(limit):
                response = await super().send(request, **options)
                try:
                    return await self._check(request, response)
                except BaseException:
                    await response.aclose()
                    raise
        except Exception as error:  # noqa: BLE001 - also those of the authentication
            failure = self._failure(request, error)
            if request.method == "GET":
                raise failure from None
            if self._when_broken is not None:
                self._when_broken(failure)
                return httpx2.Response(202, request=request)
            return self._error(request, failure)

    async def _listen(self, request: httpx2.Request, options: Mapping[str, Any]) -> httpx2.Response:
        """Open a stream of messages that no call waits for, or resume the stream of a call.

        The first is opened again until it succeeds, as long as the session is open.
        """
        once = self._when_broken is not None or "last-event-id" in request.headers
        pause = FIRST_PAUSE
        while True:
            try:
                response = await super().send(request, **options)
            except (httpx2.TransportError, APIConnectionError, RequestTimeoutError):
                if once:
                    raise
            else:
                if once and response.status_code >= 400:
                    raise await self._refusal(request, response)
                if once or response.status_code < 500:
                    if not once:
                        response.stream = _UntilBroken(response.stream)
                    return response
                await response.aclose()
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _check(self, request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        """Return a response that the session can read.

        Raises:
            MistralError: The response is an error, or is too large.
        """
        is_json = response.headers.get("content-type", "").lower().startswith("application/json")
        if response.status_code >= 400:
            failure = await self._refusal(request, response)
            is_lost = response.status_code == 404 and "mcp-session-id" in request.headers
            if is_json and not is_lost and _is_rpc_error(failure.body):
                return _complete(request, response, failure.body)
            raise failure
        if response.is_redirect:
            if not self._redirects:
                raise await self._refusal(request, response)
            return response  # The session follows it within the server.
        if is_json and response.status_code != 202:
            return _complete(request, response, await _body(response, MAX_MESSAGE_BYTES))
        return response

    async def _refusal(self, request: httpx2.Request, response: httpx2.Response) -> Any:
        """Return the failure that an error response reports, without the credentials sent."""
        body = await _body(response, MAX_ERROR_BYTES, truncate=True)
        failure = read_error(
            Response(response.status_code, Headers(response.headers.multi_items()), body)
        )
        return redact(failure, Secret(request.headers.get("authorization", "")))

    def _failure(self, request: httpx2.Request, error: Exception) -> Failure:
        """Map an error of the request to a failure."""
        match error:
            case MistralError():
                return cast("Failure", error.with_traceback(None))
            case httpx2.ConnectTimeout() | httpx2.PoolTimeout():
                return RequestTimeoutError(f"No connection to {self._name} in time", "connect")
            case TimeoutError() | httpx2.TimeoutException():
                return RequestTimeoutError(f"{self._name} did not respond in time", "read")
            case httpx2.UnsupportedProtocol() | httpx2.InvalidURL():
                return InvalidRequestError(f"The URL of {self._name} is not valid", "url")
            case _:
                reason = in_one_line(without_userinfo(str(error) or type(error).__name__))
                reason = Secret(request.headers.get("authorization", "")).hide_in(reason)
                return APIConnectionError(
                    f"The request to {self._name} failed: {reason}",
                    sent=not isinstance(error, httpx2.ConnectError),
                    temporary=isinstance(error, httpx2.TransportError),
                )

    def _error(self, request: httpx2.Request, failure: Failure) -> httpx2.Response:
        """Return a response with a JSON-RPC error for a failure."""
        key = uuid4().hex
        self._failures[key] = failure
        if len(self._failures) > MAX_FAILURES:
            del self._failures[next(iter(self._failures))]
        status: int = getattr(failure, "status", 503)
        error = {"code": INTERNAL_ERROR, "message": failure.message, "data": key}
        return httpx2.Response(
            status if status >= 400 else 502,
            json={"jsonrpc": "2.0", "id": None, "error": error},
            request=request,
        )


@final
class _UntilBroken(httpx2.AsyncByteStream):
    """A body that ends when the connection breaks, so that the session opens it again."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._stream:
                yield chunk
        except (httpx2.TransportError, MistralError):
            return

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _body(response: httpx2.Response, limit: int, *, truncate: bool = False) -> bytes:
    """Read a body up to a size limit, and free the connection."""
    chunks: list[bytes] = []
    remaining = limit
    try:
        async for chunk in response.aiter_bytes():
            chunks.append(chunk[:remaining])
            remaining -= len(chunk)
            if remaining < 0:
                break
    finally:
        await response.aclose()
    if remaining < 0 and not truncate:
        raise APIConnectionError(f"The response has more than {limit} bytes", temporary=False)
    return b"".join(chunks)


def _complete(request: httpx2.Request, response: httpx2.Response, body: bytes) -> httpx2.Response:
    """Return a response with a body that has been read."""
    encoded = {"content-encoding", "content-length", "transfer-encoding"}
    headers = [each for each in response.headers.multi_items() if each[0].lower() not in encoded]
    return httpx2.Response(response.status_code, headers=headers, content=body, request=request)


def _is_call(request: httpx2.Request) -> bool:
    """Return whether a call waits for the response: not to a notification, nor to the end."""
    try:
        message: Any = json.loads(request.content)
    except (ValueError, RuntimeError):
        return False
    return isinstance(message, dict) and "id" in message and "method" in message


def _is_rpc_error(body: bytes) -> bool:
    """Return whether a body is a JSON-RPC error, which the session reads."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError):
        return False
    match value:
        case {"jsonrpc": "2.0", "error": {"code": int(), "message": str()}}:
            return True
        case _:
            return False
