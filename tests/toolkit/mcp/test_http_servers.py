"""MCP servers with a URL: real and misbehaving ones."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Any

import httpx2
import pytest
from aiohttp import web
from mcp.server.mcpserver import MCPServer

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    RequestTimeoutError,
    Result,
    SDKError,
)
from mistral_funcs import McpServer, mcp_http, mcp_sse
from mistral_funcs.toolkit.mcp import session_http
from mistral_funcs.toolkit.tools.runnable import ToolError
from tests.toolkit.mcp.real_server import add, learn, server as all_tools, sleep
from tests.toolkit.mcp.serving import RawServer, call, serving, tools_of, until

OPEN = {"http": mcp_http, "sse": mcp_sse}


def real_server() -> MCPServer:
    """Return a server of the package `mcp`."""
    server = MCPServer("real")
    for tool in (add, sleep):
        server.add_tool(tool)
    return server


@pytest.fixture(params=OPEN)
async def real(request: pytest.FixtureRequest) -> AsyncGenerator[McpServer, None]:
    """A real server, over both transports."""
    kind: str = request.param
    server = real_server()
    app = server.sse_app() if kind == "sse" else server.streamable_http_app()
    path = "/sse" if kind == "sse" else "/mcp"
    async with serving(app) as url, (await OPEN[kind](url + path)).unwrap() as opened:
        yield opened


async def test_real_server_is_supported(real: McpServer) -> None:
    """Calls run concurrently, and cancelling one does not affect others."""
    slow = asyncio.create_task(call(real, "sleep", seconds=60))
    results = await asyncio.gather(*(call(real, "add", a=n) for n in range(5)))
    assert results == ["1", "2", "3", "4", "5"]
    slow.cancel()
    assert await call(real, "add", a=5) == "6"


async def test_tools_change_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server reports the change in the session's notification stream."""
    server = MCPServer("real")
    monkeypatch.setitem(learn.__globals__, "server", server)
    server.add_tool(learn)
    assert all_tools is not server
    async with (
        serving(server.streamable_http_app()) as url,
        (await mcp_http(url + "/mcp")).unwrap() as opened,
    ):
        for _ in range(100):  # Wait until the session listens.
            await call(opened, "learn")
            if "learned" in tools_of(opened):
                break
            await asyncio.sleep(0.02)
            server.remove_tool("learned") if "learned" not in tools_of(opened) else None
        assert await call(opened, "learned") == "new"


# ----------------------------------------------------------------------------------------- sessions


async def echo(
    server: RawServer, request: web.Request, message: dict[str, Any]
) -> web.StreamResponse:
    """Return a header of the request."""
    return server.text(message, request.headers.get("X-User", ""))


async def test_headers_are_sent_to_their_server_only() -> None:
    """Two sessions of two users with the same server share nothing."""
    raw = RawServer(echo)
    async with raw.serving() as url:
        ada = (await mcp_http(url + "/mcp", headers={"X-User": "ada"})).unwrap()
        bob = (await mcp_http(url + "/mcp", headers={"X-User": "bob"})).unwrap()
        async with ada, bob:
            assert [await call(ada, "act"), await call(bob, "act")] == ["ada", "bob"]
            assert raw.sessions == {"session-1", "session-2"}
        assert not raw.sessions  # Both sessions have ended.
    users = {headers.get("Mcp-Session-Id"): headers["X-User"] for _, headers in raw.requests}
    assert users == {None: "bob", "session-1": "ada", "session-2": "bob"}


async def test_forgotten_session_is_opened_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The call was not executed, so that it is repeated once."""
    raw = RawServer(echo)
    with caplog.at_level(logging.CRITICAL, "mistral_funcs"):
        async with raw.serving() as url, (await mcp_http(url + "/mcp")).unwrap() as server:
            assert await call(server, "act") == ""
            raw.sessions.clear()
            assert await call(server, "act") == ""
            assert raw.sessions == {"session-2"}

            class Forgetful(set[str]):
                def __contains__(self, _: object) -> bool:
                    return raw.count < 3 or raw.requests[-1][0] != "POST" or not self.forgets

                forgets = False

            raw.sessions = forgetful = Forgetful()
            raw.count = 3
            forgetful.forgets = True
            with pytest.raises(ToolError, match="Session not found"):
                await call(server, "act")


async def test_restarted_server_keeps_its_sessions(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A failed connection fails one call, and the session remains."""
    raw = RawServer(echo)
    with caplog.at_level(logging.CRITICAL, "mistral_funcs"):
        async with raw.serving() as url:
            server = (await mcp_http(url + "/mcp")).unwrap()
            assert await call(server, "act") == ""
        async with server:
            with pytest.raises(ToolError, match=r"MCP server at 127\.0\.0\.1 failed") as raised:
                await call(server, "act")
            cause = raised.value.__cause__
            assert isinstance(cause, APIConnectionError)
            assert (cause.sent, cause.temporary) == (False, True)
            async with raw.serving(int(url.rpartition(":")[2])):
                assert await call(server, "act") == ""
        assert raw.count == 1


# ------------------------------------------------------------------------------------ bad responses


async def hang(_: RawServer, request: web.Request, message: dict[str, Any]) -> web.StreamResponse:
    """Never respond."""
    del request, message
    await asyncio.sleep(60)
    raise AssertionError


def respond(
    status: int = 200, body: bytes = b"", content_type: str = "application/json", **headers: str
) -> Any:
    """Return a handler with a constant response."""

    async def handler(_: RawServer, request: web.Request, message: dict[str, Any]) -> web.Response:
        del request, message
        return web.Response(status=status, body=body, content_type=content_type, headers=headers)

    return handler


async def abort(_: RawServer, request: web.Request, message: dict[str, Any]) -> web.StreamResponse:
    """Break the connection in the middle of the response."""
    del message
    response = web.StreamResponse(headers={"content-type": "application/json"})
    response.content_length = 1000
    await response.prepare(request)
    await response.write(b'{"jsonrpc"')
    assert request.transport is not None
    request.transport.close()
    return response


async def large_event(
    server: RawServer, request: web.Request, message: dict[str, Any]
) -> web.StreamResponse:
    """Respond with an event of 3 MiB."""
    del server
    response = web.StreamResponse(headers={"content-type": "text/event-stream"})
    await response.prepare(request)
    result = {"content": [{"type": "text", "text": "x" * 3 * 2**20}]}
    body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result})
    await response.write(f"event: message\ndata: {body}\n\n".encode())
    return response


RPC_ERROR = b'{"jsonrpc": "2.0", "id": null, "error": {"code": -32602, "message": "No such tool"}}'
SECRET = b"You sent Bearer very-secret-token"
BAD: list[tuple[Any, str, Any]] = [
    # handler, message, status of the cause
    (respond(500, b"<title>Oops</title>", "text/html"), "An HTML page: Oops", 500),
    (respond(429, b'{"message": "Too fast"}'), "Too fast", 429),
    (respond(401, SECRET, "text/plain"), r"You sent Bearer \*\*\*", 401),
    (respond(422, b'{"detail": "bad"}'), "bad", 422),
    (respond(400, RPC_ERROR), "No such tool", None),
    (respond(400, b"[" * 100_000), r"\[\[\[", 400),
    (respond(200, b'{"jsonrpc": "2.0", "id": 1, "result": null}'), "Failed to parse", None),
    (respond(200, b"no json"), "Failed to parse", None),
    (respond(200, b"x", "text/plain"), "Unexpected content type", None),
    (respond(202), "202 Accepted", None),
    (respond(307, location="http://127.0.0.2:1/mcp"), "not followed", None),
    (respond(200, b"x" * 2000, "application/json"), "more than 1000 bytes", None),
    (abort, "failed", None),
    (hang, r"No result within 0\.3 s", None),
]


@pytest.mark.parametrize(("handler", "message", "status"), BAD)
async def test_bad_response_fails_one_call(
    handler: Any, message: str, status: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason reaches the model, the failure the caller, and the session remains."""
    monkeypatch.setattr(session_http, "MAX_MESSAGE_BYTES", 1_000)
    monkeypatch.setattr(session_http, "NOTIFICATION_SECONDS", 0.1)
    responses = [handler, echo]

    async def each(
        server: RawServer, request: web.Request, received: dict[str, Any]
    ) -> web.StreamResponse:
        return await responses.pop(0)(server, request, received)  # type: ignore[no-any-return]

    raw = RawServer(each)
    headers = {"Authorization": "Bearer very-secret-token"}
    async with (
        raw.serving() as url,
        (await mcp_http(url + "/mcp", headers=headers, timeout=0.3)).unwrap() as server,
    ):
        with pytest.raises(ToolError, match=message) as raised:
            await call(server, "act")
        assert getattr(raised.value.__cause__, "status", None) == status
        assert "very-secret" not in repr(raised.value.__cause__)
        responses[:] = [echo]
        assert await call(server, "act", timeout=30) == ""
    assert raw.count == 1


async def test_large_event_is_received() -> None:
    """The package's limit of 1 MiB does not apply."""
    raw = RawServer(large_event)
    async with raw.serving() as url, (await mcp_http(url + "/mcp")).unwrap() as server:
        assert len(await call(server, "act")) == 3 * 2**20


async def test_number_of_failures_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones are kept."""
    monkeypatch.setattr(session_http, "MAX_FAILURES", 2)
    async with session_http.SessionClient("MCP server", timeout=5) as client:
        failures: list[str] = []
        for _ in range(3):
            response = await client.post("http://127.0.0.1:1/", json={"id": 1, "method": "x"})
            failures.append(response.json()["error"]["data"])
        kept = [client.failure_of(key) for key in failures]
    assert [type(each) for each in kept] == [type(None), APIConnectionError, APIConnectionError]
    assert client.failure_of(failures[1]) is None


async def test_ignored_notification_does_not_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The session otherwise sends one request at a time."""
    monkeypatch.setattr(session_http, "NOTIFICATION_SECONDS", 0.1)
    raw = RawServer(echo)
    handle = raw.handle

    async def ignoring(request: web.Request) -> web.StreamResponse:
        if b"notifications/cancelled" in await request.read():
            await asyncio.sleep(60)
        return await handle(request)

    monkeypatch.setattr(raw, "handle", ignoring)
    monkeypatch.setattr(raw, "_handler", hang)
    async with raw.serving() as url, (await mcp_http(url + "/mcp")).unwrap() as server:
        waiting = asyncio.create_task(call(server, "act"))
        await until(lambda: len(raw.requests) > 4)
        waiting.cancel()
        monkeypatch.setattr(raw, "_handler", echo)
        assert await call(server, "act") == ""


# ---------------------------------------------------------------------------------------- listening


async def test_stream_of_notifications_is_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it breaks, whatever the server responds."""
    monkeypatch.setattr(session_http, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr("mcp.client.streamable_http.DEFAULT_RECONNECTION_DELAY_MS", 10)
    attempts: list[str] = []
    raw = RawServer(echo)
    handle = raw.handle

    async def flaky(request: web.Request) -> web.StreamResponse:
        if request.method != "GET":
            return await handle(request)
        attempts.append("GET")
        assert request.transport is not None
        if len(attempts) % 3 == 0:
            return web.Response(status=503)
        if len(attempts) == 4:
            return web.Response(content_type="text/event-stream", text=": the end\n\n")
        if len(attempts) % 3 == 1:
            request.transport.close()
            return web.Response()
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b": comment\n\n")
        if len(attempts) > 10:
            await response.write(
                b'data: {"jsonrpc": "2.0", "method": "notifications/tools/list_changed"}\n\n'
            )
            await asyncio.sleep(60)
        request.transport.close()
        return response

    monkeypatch.setattr(raw, "handle", flaky)
    async with raw.serving() as url, (await mcp_http(url + "/mcp")).unwrap() as server:
        first = server.current_tools()
        await until(lambda: server.current_tools() is not first)
        assert len(attempts) > 10


# ---------------------------------------------------------------------------------------------- SSE


class EventServer:
    """A server of the older transport, whose message endpoint has a constant status."""

    def __init__(self, status: int, endpoint: str = "/messages") -> None:
        """Take the status."""
        self.status = status
        self.endpoint = endpoint
        self._events: asyncio.Queue[bytes] = asyncio.Queue()

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Send the endpoint, then the responses."""
        events = self._events = asyncio.Queue()
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        await response.write(f"event: endpoint\ndata: {self.endpoint}\n\n".encode())
        while event := await events.get():
            await response.write(b"event: message\ndata: " + event + b"\n\n")
        return response

    async def post(self, request: web.Request) -> web.StreamResponse:
        """Respond to a message in the stream."""
        message = await request.json()
        results = {
            "initialize": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "serverInfo": {"name": "events", "version": "1"},
            },
            "tools/list": {"tools": [{"name": "act"}, {"name": "end"}]},
        }
        if message["method"] == "tools/call":
            if message["params"]["name"] == "end":
                self._events.put_nowait(b"")
                return web.Response(status=202)
            if self.status != 202:
                return web.Response(status=self.status, text="Not now")
            size = message["params"]["arguments"].get("size", 0)
            content = [{"type": "text", "text": "done" + "!" * size}]
            results["tools/call"] = {"content": content}
        if result := results.get(message["method"]):
            body = {"jsonrpc": "2.0", "id": message["id"], "result": result}
            self._events.put_nowait(json.dumps(body).encode())
        return web.Response(status=202)


async def serve_events(server: EventServer) -> tuple[web.AppRunner, str]:
    """Start a server. Return it and its URL."""
    app = web.Application()
    app.router.add_get("/sse", server.stream)
    app.router.add_post("/messages", server.post)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/sse"


async def test_sse_session_is_opened_again(caplog: pytest.LogCaptureFixture) -> None:
    """After a failed request, and after the end of the stream."""
    events = EventServer(503)
    runner, url = await serve_events(events)
    with caplog.at_level(logging.CRITICAL, "mistral_funcs"):
        async with (await mcp_sse(url)).unwrap() as server:
            with pytest.raises(ToolError, match="Not now"):
                await call(server, "act")
            events.status = 202
            assert await call(server, "act") == "done"
            with pytest.raises(ToolError, match="it closed the connection"):
                await call(server, "end")
            with pytest.raises(ToolError, match="1048576"):
                await call(server, "act", size=2**20)
            assert await call(server, "act") == "done"
    await runner.cleanup()


# -------------------------------------------------------------------- servers that cannot be opened


class Signing(httpx2.Auth):
    """Successful authentication, as with OAuth."""

    def auth_flow(self, request: httpx2.Request) -> Any:
        """Add a header."""
        request.headers["X-User"] = "signed"
        yield request


async def test_authentication_of_the_package_is_used() -> None:
    """For each request."""
    raw = RawServer(echo)
    async with (
        raw.serving() as url,
        (await mcp_http(url + "/mcp", auth=Signing())).unwrap() as server,
    ):
        assert await call(server, "act") == "signed"
    assert {headers["X-User"] for _, headers in raw.requests} == {"signed"}


class Refusing(httpx2.Auth):
    """Authentication that fails."""

    def auth_flow(self, request: httpx2.Request) -> Any:
        """Raise an error."""
        yield request
        raise ValueError("the token cannot be refreshed")


@pytest.mark.parametrize("kind", OPEN)
async def test_refusal_of_a_server_is_an_err(kind: str) -> None:
    """With its status and message."""
    refusing = respond(403, b'{"message": "Not for you"}')

    async def handle(request: web.Request) -> web.StreamResponse:
        return await refusing(None, request, {})  # type: ignore[no-any-return]

    raw = RawServer(echo)
    raw.handle = handle  # type: ignore[method-assign]
    async with raw.serving() as url:
        result = await OPEN[kind](url + "/mcp")
    assert isinstance(result, Err)
    assert isinstance(result.error, SDKError)
    assert (result.error.status, result.error.message) == (403, "Not for you")


@pytest.mark.parametrize("kind", OPEN)
async def test_server_that_cannot_be_opened_is_an_err(kind: str) -> None:
    """A missing or silent server, an invalid URL, failing authentication."""
    open_server: Callable[..., Any] = OPEN[kind]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        cases: list[tuple[str, Mapping[str, Any], type[Failure], str]] = [
            ("http://127.0.0.1:1/mcp", {}, APIConnectionError, "MCP server at 127.0.0.1 failed"),
            (
                f"http://127.0.0.1:{port}/?key=secret",
                {"connect_timeout": 0.2},
                RequestTimeoutError,
                "MCP server at 127.0.0.1 opened no session within 0.2 s",
            ),
            ("ftp://host/mcp", {}, InvalidRequestError, "must begin with http"),
            ("http://host:port/mcp", {}, InvalidRequestError, "cannot be opened"),
            ("https://host/", {"headers": {"a b": "c"}}, InvalidRequestError, "header name"),
        ]
        for url, options, error, message in cases:
            result: Result[McpServer, Failure] = await open_server(url, **options)
            assert isinstance(result, Err)
            assert isinstance(result.error, error), result
            assert message in str(result.error)
            assert "secret" not in repr(result)


async def test_failed_authentication_fails_the_request() -> None:
    """Whatever it raises, as with OAuth. The caller gets the reason."""
    async with RawServer(echo).serving() as url:
        result = await mcp_http(url + "/mcp", auth=Refusing())
    assert isinstance(result, Err)
    assert "the token cannot be refreshed" in str(result.error)
    assert not result.error.retryable


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (httpx2.ConnectTimeout("x"), RequestTimeoutError("No connection to S in time", "connect")),
        (httpx2.ReadTimeout("x"), RequestTimeoutError("S did not respond in time", "read")),
        (httpx2.UnsupportedProtocol("x"), InvalidRequestError("The URL of S is not valid", "url")),
        (KeyError(), APIConnectionError("The request to S failed: KeyError", temporary=False)),
    ],
)
async def test_error_of_a_request_is_a_failure(error: Exception, expected: Failure) -> None:
    """Each kind is mapped to a class of this SDK."""

    class Failing(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            assert request.method == "POST"
            raise error

    async with session_http.SessionClient("S", transport=Failing()) as client:
        response = await client.post("http://host/", json={"id": 1, "method": "x"})
        failure = client.failure_of(response.json()["error"]["data"])
        assert repr(failure) == repr(expected)


def test_event_loop_ends_with_an_open_session() -> None:
    """`asyncio.run` returns at once."""
    raw = RawServer(echo)
    servers: list[McpServer] = []

    async def main() -> None:
        async with raw.serving() as url:
            servers.append((await mcp_http(url + "/mcp")).unwrap())
            assert await call(servers[0], "act") == ""

    asyncio.run(asyncio.wait_for(main(), 30))
    asyncio.run(servers[0].aclose())
