"""The sandbox over real HTTP, on aiohttp's server."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from mistral_core import APIConnectionError, Request, RequestTimeoutError, Response, Transport
from mistral_core.secret import Secret
from mistral_core.wire import Headers, ResponseStream


@asynccontextmanager
async def serve(transport: Transport, host: str, port: int) -> AsyncGenerator[str, None]:
    """Let a transport answer what comes over HTTP, and yield the URL."""

    async def handle(received: web.BaseRequest) -> web.StreamResponse:
        authorization = received.headers.get("authorization")
        request = Request(
            method=received.method,
            url=received.raw_path,
            path_template=received.raw_path,
            headers=Headers(
                (name, text)
                for name, text in received.headers.items()
                if name.lower() != "authorization"
            ),
            body=await received.content.read() or None,
            authorization=None if authorization is None else Secret(authorization),
        )
        try:
            response = await transport.send(request)
        except APIConnectionError:
            received.protocol.force_close()
            return web.Response()
        except RequestTimeoutError:
            response = await asyncio.Future[Response]()
        if response.stream is not None:
            return await _stream(received, response, response.stream)
        return web.Response(status=response.status, headers=response.headers, body=response.body)

    runner = web.ServerRunner(web.Server(handle), shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        address, bound = runner.addresses[0][:2]
        yield f"http://[{address}]:{bound}" if ":" in address else f"http://{address}:{bound}"
    finally:
        await runner.cleanup()


async def _stream(
    received: web.BaseRequest, response: Response, stream: ResponseStream
) -> web.StreamResponse:
    """Send a body bit by bit, for as long as somebody listens."""
    answer = web.StreamResponse(status=response.status, headers=response.headers)
    await answer.prepare(received)
    try:
        async for chunk in stream:
            await answer.write(chunk)
        await answer.write_eof()
    except APIConnectionError:
        assert received.transport is not None  # noqa: S101
        received.transport.abort()
    except ConnectionError:
        pass  # Nobody listens any more.
    except RequestTimeoutError:
        await asyncio.Future[None]()
    finally:
        await stream.aclose()
    return answer
