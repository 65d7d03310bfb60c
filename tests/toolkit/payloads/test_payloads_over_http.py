"""A client with payload encoding, a loopback server, and objects in a folder."""

import base64
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from mistral_core import AiohttpTransport, Err, MistralCore, Ok, ResponseValidationError
from mistral_funcs import (
    ObstoreStorage,
    PayloadCodec,
    PayloadCompression,
    PayloadEncryption,
    PayloadOffloading,
    PayloadTransport,
    workflows_execute_workflow,
    workflows_executions_get_workflow_execution,
    workflows_executions_stream,
)
from tests.toolkit.payloads.vectors import KEY, OLD_KEY

PLAIN = {"text": "for the worker only " * 5_000}


class WorkflowServer:
    """A server whose workflow returns its input, and which only sees encoded values.

    Attributes:
        url: The URL of the server.
        paths: The paths of the requests.
        bodies: The bodies of the requests.
    """

    def __init__(self) -> None:
        """Start without executions."""
        self.url = ""
        self.paths: list[str] = []
        self.bodies: list[bytes] = []
        self._executions: dict[str, Any] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Respond to a request."""
        self.paths.append(f"{request.method} {request.path}")
        self.bodies.append(await request.read())
        assert request.headers["authorization"] == "Bearer key"
        if request.path.endswith("/whoami"):
            return web.json_response({"scheduler_url": "s", "namespace": "team"})
        if request.path.endswith("/execute"):
            return self._execute(await request.json())
        execution_id = request.path.split("/")[4]
        result = self._executions[execution_id]["result"]
        if not request.path.endswith("/stream"):
            return web.json_response(self._executions[execution_id])
        payload = {"type": "json", "value": result["b64payload"]}
        payload["encoding_options"] = result["encoding_options"]
        attributes = {"task_id": "t", "result": payload}
        event = {
            "event_id": "e",
            "root_workflow_exec_id": execution_id,
            "parent_workflow_exec_id": None,
            "workflow_exec_id": execution_id,
            "workflow_run_id": "r",
            "workflow_name": "echo",
            "event_type": "WORKFLOW_EXECUTION_COMPLETED",
            "attributes": attributes,
        }
        context = {"namespace": "team", "workflow_name": "echo", "workflow_exec_id": execution_id}
        sent = {"stream": "s", "data": event, "workflow_context": context, "broker_sequence": 1}
        body = f": ping\n\nevent: workflow\ndata: {json.dumps(sent)}\n\n".encode()
        return web.Response(body=body, content_type="text/event-stream")

    def _execute(self, body: dict[str, Any]) -> web.Response:
        assert body["input"] is None
        encoded = {key: body["encoded_input"][key] for key in ("b64payload", "encoding_options")}
        execution = {
            "workflow_name": "echo",
            "execution_id": body["execution_id"],
            "root_execution_id": body["execution_id"],
            "status": "COMPLETED",
            "start_time": "2026-01-01T00:00:00Z",
            "end_time": "2026-01-01T00:00:01Z",
            "result": encoded,
        }
        self._executions[body["execution_id"]] = execution
        return web.json_response(execution)


@asynccontextmanager
async def serving() -> AsyncGenerator[WorkflowServer, None]:
    """Serve workflows."""
    workflows = WorkflowServer()
    application = web.Application(client_max_size=2**24)
    application.router.add_route("*", "/{path:.*}", workflows.handle)
    async with TestServer(application) as server:
        workflows.url = str(server.make_url("/"))
        yield workflows


def codec_of(folder: Path, *, key: str = KEY) -> PayloadCodec:
    """Return a codec with all features."""
    storage = ObstoreStorage(folder.as_uri())
    return PayloadCodec(
        encryption=PayloadEncryption(key),
        compression=PayloadCompression(min_size=1000),
        offloading=PayloadOffloading(storage=storage, min_size=1),
    )


def files_in(folder: Path) -> list[Path]:
    """Return all files below a folder."""
    return [each for each in folder.rglob("*") if each.is_file()]


async def test_payloads_are_encoded_from_end_to_end(tmp_path: Path) -> None:
    """Input, result and events, with the connection pool and proxy of the transport below."""
    transport = PayloadTransport(codec_of(tmp_path), AiohttpTransport(max_connections=2))
    async with (
        serving() as server,
        MistralCore("key", server_url=server.url, transport=transport) as client,
    ):
        first = await workflows_execute_workflow(client, "echo", input=PLAIN)
        started = await workflows_execute_workflow(client, "echo", input=PLAIN)
        assert first.unwrap().result == started.unwrap().result == PLAIN
        execution_id = started.unwrap().execution_id
        execution = await workflows_executions_get_workflow_execution(client, execution_id)
        assert execution.unwrap().result == PLAIN
        async with (await workflows_executions_stream(client, execution_id)).unwrap() as events:
            (event,) = [each async for each in events]
        payload: Any = event.unwrap()
        assert payload.data.attributes.result.value == PLAIN
    assert server.paths == [
        "GET /v1/workflows/workers/whoami",
        "POST /v1/workflows/echo/execute",
        "POST /v1/workflows/echo/execute",
        f"GET /v1/workflows/executions/{execution_id}",
        f"GET /v1/workflows/executions/{execution_id}/stream",
    ]
    assert not any(b"worker only" in body for body in server.bodies)
    sizes = [each.stat().st_size for each in files_in(tmp_path)]
    assert len(sizes) == 2
    assert sum(sizes) < 1_000


@pytest.mark.parametrize("change", ["key", "object"])
async def test_invalid_result_is_an_error(change: str, tmp_path: Path) -> None:
    """A wrong key or a truncated object: neither ciphertext nor a partial result is returned."""
    async with serving() as server:
        mine = PayloadTransport(codec_of(tmp_path))
        async with MistralCore("key", server_url=server.url, transport=mine) as client:
            started = await workflows_execute_workflow(client, "echo", input=PLAIN)
        if change == "object":
            (file,) = files_in(tmp_path)
            file.write_bytes(file.read_bytes()[:-1])
        key = OLD_KEY if change == "key" else KEY
        other = PayloadTransport(codec_of(tmp_path, key=key))
        async with MistralCore("key", server_url=server.url, transport=other) as client:
            execution_id = started.unwrap().execution_id
            outcome = await workflows_executions_get_workflow_execution(client, execution_id)
        async with MistralCore("key", server_url=server.url) as client:
            without = await workflows_executions_get_workflow_execution(client, execution_id)
    assert isinstance(outcome, Err)
    assert isinstance(outcome.error, ResponseValidationError)
    reasons = {"key": "no key decrypts it", "object": "its object in the storage was changed"}
    assert outcome.error.message == f"A payload cannot be decoded: {reasons[change]}"
    assert outcome.error.path == "$.result"
    assert KEY not in repr(outcome.error)
    # A client without encoding gets the wire format, as the API sends it.
    assert isinstance(without, Ok)
    result: Any = without.value.result
    assert base64.b64decode(result["b64payload"])
