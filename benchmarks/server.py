"""The server of the benchmarks, in a process of its own."""

import asyncio
import json
from multiprocessing.connection import Connection

from aiohttp import web

from mistral_core.converter import converter
from mistral_funcs.schemas import BaseModelCard, ModelCapabilities

MODEL: dict[str, object] = converter.unstructure(
    BaseModelCard(
        id="m", description="d" * 60, aliases=["a", "b"], capabilities=ModelCapabilities()
    )
)
ONE = json.dumps(MODEL).encode()
LIST = json.dumps({"object": "list", "data": [MODEL] * 70}).encode()


def serve(ready: "Connection[int, int]") -> None:
    """Answer with a list of 70 models, and with one of them, until the process is ended."""

    async def answer(request: web.Request) -> web.Response:
        body = LIST if request.path == "/v1/models" else ONE
        return web.Response(body=body, content_type="application/json")

    async def run() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ready.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())
