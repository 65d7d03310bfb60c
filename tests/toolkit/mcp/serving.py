"""MCP servers for the tests: child processes, and HTTP servers on loopback."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from aiohttp import web

from mistral_funcs import McpServer, mcp_stdio
from mistral_funcs.toolkit.tools.runnable import RunnableTool, ToolOutput

HERE = Path(__file__).parent
REAL = str(HERE / "real_server.py")
MISBEHAVING = str(HERE / "misbehaving_server.py")


@asynccontextmanager
async def misbehaving(beginning: str = "well", **options: Any) -> AsyncGenerator[McpServer, None]:
    """Open the misbehaving server."""
    result = await mcp_stdio(sys.executable, "-I", "-S", MISBEHAVING, beginning, **options)
    async with result.unwrap() as server:
        yield server


def tools_of(server: McpServer) -> Mapping[str, RunnableTool]:
    """Return the current tools by name."""
    return {tool.definition.name: tool for tool in server.current_tools()}


async def call(server: McpServer, name: str, **arguments: object) -> ToolOutput:
    """Call a tool as a run does."""
    return await tools_of(server)[name].run(arguments)


async def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - of a process, or of a server
            await asyncio.sleep(0.01)


@asynccontextmanager
async def serving(app: Any, port: int = 0) -> AsyncGenerator[str, None]:
    """Serve an ASGI application of the package `mcp`; yield its URL."""
    config = uvicorn.Config(
        app, port=port, log_level="critical", lifespan="on", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve())
    await until(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await task


Handler = Callable[["RawServer", web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


class RawServer:
    """An MCP server over HTTP whose responses to calls come from a handler.

    Attributes:
        requests: Method and headers of the requests.
        sessions: IDs of the current sessions.
    """

    def __init__(self, handler: Handler, path: str = "/mcp") -> None:
        """Take the path, and the handler for calls."""
        self._handler = handler
        self._path = path
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.sessions: set[str] = set()
        self.count = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:  # noqa: PLR0911
        """Handle a request."""
        self.requests.append((request.method, request.headers.copy()))
        if request.method == "DELETE":
            self.sessions.discard(request.headers.get("Mcp-Session-Id", ""))
            return web.Response()
        if request.method == "GET":
            return web.Response(status=405)
        message = json.loads(await request.read())
        method = message["method"]
        if method == "initialize":
            self.count += 1
            session = f"session-{self.count}"
            self.sessions.add(session)
            result: dict[str, Any] = {
                "protocolVersion": "2025-11-25",
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "raw", "version": "1"},
            }
            return self.result(message, result, {"Mcp-Session-Id": session})
        if request.headers.get("Mcp-Session-Id") not in self.sessions:
            error = {"code": -32001, "message": "Session not found"}
            body = {"jsonrpc": "2.0", "id": None, "error": error}
            return web.json_response(body, status=404)
        if "id" not in message:
            return web.Response(status=202)
        if method == "tools/list":
            return self.result(message, {"tools": [{"name": "act"}]})
        return await self._handler(self, request, message)

    @staticmethod
    def result(
        message: dict[str, Any], result: object, headers: Mapping[str, str] | None = None
    ) -> web.Response:
        """Return a response with a result."""
        body = {"jsonrpc": "2.0", "id": message["id"], "result": result}
        return web.json_response(body, headers=headers)

    @staticmethod
    def text(message: dict[str, Any], text: str) -> web.Response:
        """Return a response with the result of a tool."""
        return RawServer.result(message, {"content": [{"type": "text", "text": text}]})

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncGenerator[str, None]:
        """Serve; yield the URL."""
        app = web.Application(client_max_size=2**28)
        app.router.add_route("*", self._path, self.handle)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()
