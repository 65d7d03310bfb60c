"""The sandbox over real HTTP, on aiohttp's server."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import final

import attrs
from aiohttp import StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError

from mistral_core import APIConnectionError, Request, RequestTimeoutError, Response, Transport
from mistral_core.http.headers import Headers
from mistral_core.http.messages import ResponseStream
from mistral_core.http.secret import Secret
from mistral_funcs.sandbox.request_bodies import UNREADABLE
from mistral_funcs.sandbox.websocket_server import is_upgrade, serve_websocket

LONGEST_SILENCE = 60.0
"""Seconds to wait for the next bytes of a body."""


@final
@attrs.define(eq=False)
class _Received:
    """The body of an incoming request, which can be read once."""

    content: StreamReader
    size: int | None
    spent: bool = False
    fault: Exception | None = None

    async def __aiter__(self) -> AsyncGenerator[bytes, None]:
        self.spent = True
        while chunk := await asyncio.wait_for(self.content.readany(), LONGEST_SILENCE):
            yield chunk


@asynccontextmanager
async def serve(transport: Transport, host: str, port: int) -> AsyncGenerator[str, None]:
    """Serve a transport over HTTP, and yield the URL."""

    async def handle(received: web.BaseRequest) -> web.StreamResponse:
        authorization = received.headers.get("authorization")
        body = _Received(received.content, received.content_length)
        request = Request(
            method=received.method,
            url=received.raw_path,
            path_template=received.raw_path,
            headers=Headers(
                (name, text)
                for name, text in received.headers.items()
                if name.lower() != "authorization"
            ),
            body=body if received.body_exists else None,
            authorization=None if authorization is None else Secret(authorization),
            websocket=is_upgrade(received),
        )
        try:
            response = await transport.send(request)
        except (web.RequestPayloadError, HttpProcessingError):
            return await _refuse_and_close(received, 400)
        except TimeoutError:
            return await _refuse_and_close(received, 408)
        except (APIConnectionError, ConnectionError):
            received.protocol.force_close()
            return web.Response()
        except RequestTimeoutError:
            response = await asyncio.Future[Response]()
        if response.status == 101:
            return await serve_websocket(received, response)
        if response.stream is not None:
            return await _stream(received, response, response.stream)
        return web.Response(status=response.status, headers=response.headers, body=response.body)

    runner = web.ServerRunner(web.Server(handle, auto_decompress=False), shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address, bound = runner.addresses[0][:2]
        yield f"http://[{address}]:{bound}" if ":" in address else f"http://{address}:{bound}"
    finally:
        await runner.cleanup()


async def _refuse_and_close(received: web.BaseRequest, status: int) -> web.StreamResponse:
    """Respond to a request whose body is incomplete, and close the connection."""
    outgoing = web.json_response(UNREADABLE, status=status)
    await outgoing.prepare(received)
    await outgoing.write_eof()
    received.protocol.force_close()
    return outgoing


async def _stream(
    received: web.BaseRequest, response: Response, stream: ResponseStream
) -> web.StreamResponse:
    """Send a body in chunks for as long as the client reads."""
    outgoing = web.StreamResponse(status=response.status, headers=response.headers)
    await outgoing.prepare(received)
    try:
        async for chunk in stream:
            await outgoing.write(chunk)
        await outgoing.write_eof()
    except APIConnectionError:
        assert received.transport is not None  # noqa: S101
        received.transport.abort()
    except ConnectionError:
        pass  # The client has closed the connection.
    except RequestTimeoutError:
        await asyncio.Future[None]()
    finally:
        await stream.aclose()
    return outgoing
