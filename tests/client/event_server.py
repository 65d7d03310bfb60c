"""A server of chats, which streams for as long as it is listened to."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

DONE = b"data: [DONE]\n\n"


def chunk(text: str, **more: object) -> dict[str, object]:
    """Return a piece of a completion, as JSON has it."""
    return {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"content": text}, **more}]}


def event(value: object) -> bytes:
    """Return an event as it is sent."""
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


class EventServer:
    """A server that streams for as long as it is listened to.

    Attributes:
        url: Where it listens.
        open: How many streams are being listened to.
        connections: The connections that were made.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.url = ""
        self.open = 0
        self.connections: set[Any] = set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Stream as many events as the body asks for, a tenth of a second in all or for ever."""
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
        """Wait until nobody listens any more."""
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
