"""A server of chat streams, which can be endless."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

DONE = b"data: [DONE]\n\n"


def chunk(text: str, **more: object) -> dict[str, object]:
    """Return a chunk of a completion as JSON."""
    return {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"content": text}, **more}]}


def event(value: object) -> bytes:
    """Return a server-sent event."""
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


class EventServer:
    """A server that streams until the client disconnects.

    Attributes:
        url: The URL of the server.
        open: Number of open streams.
        connections: All connections so far.
    """

    def __init__(self) -> None:
        """Start without streams."""
        self.url = ""
        self.open = 0
        self.connections: set[Any] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Stream `max_tokens` events, 5 ms apart, or endlessly if it is absent."""
        count = (await request.json()).get("max_tokens", -1)
        self.connections.add(request.transport)
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        self.open += 1
        try:
            await response.prepare(request)
            number = 0
            while number != count:
                await response.write(event(chunk(f"{number} ")))
                number += 1
                await asyncio.sleep(0.005)
            await response.write(DONE)
        finally:
            self.open -= 1
        return response

    async def until_quiet(self) -> None:
        """Wait until all clients have disconnected."""
        async with asyncio.timeout(3):
            while self.open:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@asynccontextmanager
async def serving_events() -> AsyncGenerator[EventServer, None]:
    """Serve streams at POST /v1/chat/completions."""
    server = EventServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server
    finally:
        await runner.cleanup()
