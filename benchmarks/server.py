"""The server of the benchmarks: in a process of its own, so that only clients are measured."""

import asyncio
import json
import multiprocessing
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import Connection

from aiohttp import web

CAPABILITIES = dict.fromkeys(
    ("completion_chat", "function_calling", "completion_fim", "fine_tuning", "vision", "ocr"), True
)
MODEL: dict[str, object] = {
    "id": "mistral-large-latest",
    "object": "model",
    "created": 1_756_746_619,
    "owned_by": "mistralai",
    "capabilities": CAPABILITIES
    | dict.fromkeys(("classification", "moderation", "audio", "audio_transcription"), False),
    "name": "mistral-large-latest",
    "description": "Our top-tier reasoning model for high-complexity tasks, out of many: "
    "it writes, it reads images, it calls your functions, and it thinks before it answers.",
    "max_context_length": 131_072,
    "aliases": ["mistral-large-2411", "mistral-large"],
    "deprecation": None,
    "default_model_temperature": 0.3,
    "type": "base",
}
USAGE = {"prompt_tokens": 17, "completion_tokens": 160, "total_tokens": 177}
CHAT = {
    "id": "cmpl-e5cc70bb28c444948073e77776eb30ef",
    "object": "chat.completion",
    "model": "mistral-large-latest",
    "usage": USAGE,
    "created": 1_756_746_619,
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "word " * 140, "tool_calls": None},
            "finish_reason": "stop",
        }
    ],
}
CHUNK = {
    "id": "cmpl-e5cc70bb28c444948073e77776eb30ef",
    "object": "chat.completion.chunk",
    "created": 1_756_746_619,
    "model": "mistral-large-latest",
    "choices": [{"index": 0, "delta": {"content": "word "}, "finish_reason": None}],
}
JOB: dict[str, object] = {
    "id": "5c9f3f6e-2b8d-4f4e-8a55-3f4b2f1a9c10",
    "auto_start": True,
    "model": "open-mistral-7b",
    "status": "SUCCESS",
    "created_at": 1_756_746_619,
    "modified_at": 1_756_746_819,
    "training_files": ["8f2a7f04-1d3b-4c7b-9b65-0d8f0a1f2e33"],
    "validation_files": [],
    "object": "job",
    "fine_tuned_model": "ft:open-mistral-7b:587a6b29:20240514:7e773925",
    "suffix": None,
    "integrations": [],
    "trained_tokens": 4_000_000,
    "metadata": {"expected_duration_seconds": 120, "cost": 3.5, "cost_currency": "EUR"},
    "job_type": "completion",
    "hyperparameters": {"training_steps": 100, "learning_rate": 0.0001, "weight_decay": 0.1},
    "repositories": [],
}
MODELS = {"object": "list", "data": [{**MODEL, "id": f"model-{each}"} for each in range(70)]}


def page_of_jobs(page: int, size: int) -> dict[str, object]:
    """Return a page of jobs, each with its own ID."""
    jobs = [{**JOB, "id": f"job-{number}"} for number in range(page * size, (page + 1) * size)]
    return {"object": "list", "data": jobs, "total": 10_000}


def as_json(value: object) -> bytes:
    """Encode a value as JSON that is as compact as the API's."""
    return json.dumps(value, separators=(",", ":")).encode()


SMALL_EVENT = b"data: " + as_json(CHUNK) + b"\n\n"
DONE = b"data: [DONE]\n\n"
SLOW = 0.05
HUGE = 300_000_000
LARGE = 50_000_000
"""Size of a large list of models, in bytes."""


async def respond(request: web.Request) -> web.StreamResponse:
    """Respond as the API would: immediately, or below /slow after 50 ms."""
    path = request.path
    if path.startswith("/slow"):
        await asyncio.sleep(SLOW)
        path = path.removeprefix("/slow")
    if path.endswith("/chat/completions"):
        fields = await request.json()
        if fields.get("stream"):
            return await stream(request, int(fields.get("max_tokens") or 10_000))
        return web.Response(body=BODIES["chat"], content_type="application/json")
    if path.endswith("/content"):
        return await download(request)
    if path.endswith("/files"):
        async for _ in request.content.iter_any():
            pass
        return web.json_response({"id": "f", "object": "file", "bytes": HUGE})
    if path.startswith("/large"):
        return web.Response(body=large(), content_type="application/json")
    body = BODIES["list"] if path.endswith("/models") else BODIES["one"]
    return web.Response(body=body, content_type="application/json")


@cache
def large() -> bytes:
    """Return a large list of models."""
    models = [MODEL] * (LARGE // len(as_json(MODEL)))
    return as_json({"object": "list", "data": models})


BODIES = {"list": as_json(MODELS), "one": as_json(MODEL), "chat": as_json(CHAT)}


async def stream(request: web.Request, events: int) -> web.StreamResponse:
    """Stream this many small events, a hundred at a time."""
    response = web.StreamResponse(headers={"content-type": "text/event-stream"})
    await response.prepare(request)
    for _ in range(events // 100):
        await response.write(SMALL_EVENT * 100)
    await response.write(DONE)
    return response


async def download(request: web.Request) -> web.StreamResponse:
    """Send 300 MB."""
    response = web.StreamResponse()
    response.content_length = HUGE
    await response.prepare(request)
    chunk = b"x" * 2**18
    for start in range(0, HUGE, len(chunk)):
        await response.write(chunk[: HUGE - start])
    return response


def serve(ready: "Connection[int, int]") -> None:
    """Serve on a free port, which is sent to `ready`, until the process is terminated."""

    async def run() -> None:
        app = web.Application(client_max_size=2 * HUGE)
        app.router.add_route("*", "/{path:.*}", respond)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=2048).start()
        ready.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


@contextmanager
def serving() -> Generator[str, None, None]:
    """Run the server, and yield its URL."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}"
    finally:
        process.terminate()
        process.join()
