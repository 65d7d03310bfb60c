"""Following over real connections that break, hang or end early."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import attrs
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from mistral_core import (
    APIConnectionError,
    Err,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    Result,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_funcs import (
    events_get_stream_events,
    workflows_executions_follow,
    workflows_executions_stream,
    workflows_executions_stream_workflow_execution_logs,
)

ONCE = RetryConfig(strategy="none")
CUT, HANG = b"cut", b"hang"
"""Markers for a broken connection, and for one that stays open silently."""

REASONS = ("read_error", "stream_error", "internal_error")


def event(number: int, kind: str = "ACTIVITY_TASK_STARTED", who: str = "e") -> bytes:
    """Return a server-sent event."""
    data = {"event_type": kind, "workflow_exec_id": who, "root_workflow_exec_id": "e"}
    return f"data: {json.dumps({'broker_sequence': number, 'data': data})}\n\n".encode()


def error(reason: str) -> bytes:
    """Return an error event."""
    return f'event: error\ndata: {{"error": "lost", "reason": "{reason}"}}\n\n'.encode()


LAST = event(9, "WORKFLOW_EXECUTION_COMPLETED")


@attrs.define
class Server:
    """A server of scripted streams.

    Attributes:
        streams: The content of each stream. Later ones end at once.
        status: The status of the execution.
        url: The URL of the server.
        asked: The query of each stream.
    """

    streams: Sequence[Sequence[bytes]]
    status: str = "RUNNING"
    url: str = ""
    asked: list[dict[str, str]] = attrs.field(factory=list[dict[str, str]])
    closing: asyncio.Event = attrs.field(factory=asyncio.Event)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Send the next stream."""
        number = len(self.asked)
        self.asked.append({**request.query})
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        for chunk in self.streams[number] if number < len(self.streams) else ():
            if chunk == HANG:
                await self.closing.wait()
            elif chunk == CUT:
                assert request.transport is not None
                request.transport.abort()
            else:
                await response.write(chunk)
        return response

    async def execution(self, _: web.Request) -> web.Response:
        """Return the execution."""
        return web.json_response({"execution_id": "e", "status": self.status})


@asynccontextmanager
async def serving(server: Server) -> AsyncGenerator[MistralCore, None]:
    """Serve over loopback, and yield a client."""
    app = web.Application()
    app.router.add_get("/v1/workflows/events/stream", server.stream)
    app.router.add_get("/v1/workflows/executions/e/stream", server.stream)
    app.router.add_get("/v1/workflows/executions/e/logs/stream", server.stream)
    app.router.add_get("/v1/workflows/executions/e", server.execution)
    async with (
        TestServer(app) as running,
        MistralCore("key", server_url=str(running.make_url("")), retry_config=ONCE) as client,
    ):
        try:
            yield client
        finally:
            server.closing.set()


async def follow(server: Server, **arguments: Any) -> list[Result[Any, Any]]:
    """Return the items of following."""
    async with serving(server) as client:
        return [
            each async for each in workflows_executions_follow(client, "e", pause=0, **arguments)
        ]


def numbers(items: Sequence[Result[Any, Any]]) -> list[int]:
    """Return the numbers of the events."""
    return [each.unwrap().broker_sequence for each in items]


@pytest.mark.parametrize("broken", [[CUT], [], *[[error(each)] for each in REASONS]])
async def test_broken_stream_is_resumed_after_its_last_event(broken: list[bytes]) -> None:
    """Each event is received once."""
    server = Server([[event(1), event(2), *broken], [event(3), LAST]])
    assert numbers(await follow(server)) == [1, 2, 3, 9]
    assert [each["start_seq"] for each in server.asked] == ["0", "3"]


async def test_only_the_last_event_of_the_root_ends_it() -> None:
    """Although the server keeps the stream open."""
    kinds = [f"WORKFLOW_EXECUTION_{each}" for each in ("COMPLETED", "FAILED", "CANCELED")]
    children = [event(number, kind, "child") for number, kind in enumerate(kinds)]
    server = Server([[*children, LAST, HANG]])
    assert numbers(await follow(server)) == [0, 1, 2, 9]


async def test_silent_stream_is_kept_while_the_execution_is_running() -> None:
    """It ends when the server reports another status, which has no event here."""
    server = Server([[event(1), HANG]], "RUNNING")
    async with serving(server) as client:
        events = workflows_executions_follow(client, "e", check_after=0.01)
        assert isinstance(await anext(events), Ok)
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        server.status = "TERMINATED"
        last = await waiting
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    assert last.error.type == "TERMINATED"
    assert len(server.asked) == 1


async def test_repeatedly_silent_stream_is_abandoned() -> None:
    """By the limits of the caller."""
    options = RequestOptions(timeout=Timeout(read=0.02))
    server = Server([[HANG]] * 9)
    (last,) = await follow(server, options=options, max_failures=3)
    assert isinstance(last, Err)
    assert isinstance(last.error, RequestTimeoutError)
    assert "failure 3 in a row" in str(last.error)


async def test_stopped_server_is_abandoned() -> None:
    """With the reason."""
    client = MistralCore("key", server_url="http://127.0.0.1:1", retry_config=ONCE)
    async with client:
        (last,) = [
            each async for each in workflows_executions_follow(client, "e", pause=0, max_failures=2)
        ]
    assert isinstance(last, Err)
    assert isinstance(last.error, APIConnectionError)
    assert "failure 2 in a row" in str(last.error)


async def test_deadline_ends_a_silent_stream() -> None:
    """Wherever it waits."""
    server = Server([[event(1), HANG]])
    *events, last = await follow(server, deadline=0.05)
    assert isinstance(last, Err)
    assert isinstance(last.error, RequestTimeoutError)
    assert f"`start_seq={2 if events else 0}`" in str(last.error)


@pytest.mark.parametrize("reason", REASONS)
async def test_error_event_ends_each_stream_with_its_reason(reason: str) -> None:
    """Streams of events, of an execution, and of its logs."""
    async with serving(Server([[error(reason), HANG]] * 3)) as client:
        for opened in (
            await events_get_stream_events(client),
            await workflows_executions_stream(client, "e"),
            await workflows_executions_stream_workflow_execution_logs(client, "e"),
        ):
            async with opened.unwrap() as stream:
                (last,) = [each async for each in stream]
            assert isinstance(last, Err)
            assert isinstance(last.error, SDKError)
            assert (last.error.type, last.error.message) == (reason, "lost")
