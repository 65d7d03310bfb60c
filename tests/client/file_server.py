"""A server of file uploads on aiohttp, which can be scripted to misbehave."""

import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias, cast

import attrs
from aiohttp import BodyPartReader, web

Behaviour: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


@attrs.frozen
class Upload:
    """A complete upload.

    Attributes:
        fields: The text fields of the form, in order.
        name: The name of the file.
        content_type: Its media type.
        size: Its size.
        digest: The SHA-256 of its content.
        length: The `Content-Length` of the request.
    """

    fields: list[tuple[str, str]]
    name: str | None
    content_type: str | None
    size: int
    digest: str
    length: str | None


@attrs.define
class FileServer:
    """The state of a server.

    Attributes:
        url: The URL of the server.
        arrived: The complete uploads.
        requests: Number of requests.
        plan: How to respond to the next requests. Later ones succeed.
    """

    url: str = ""
    arrived: list[Upload] = attrs.field(factory=list[Upload])
    requests: int = 0
    plan: list[Behaviour] = attrs.field(factory=list[Behaviour])


def digest(content: bytes) -> str:
    """Return the SHA-256 of some content."""
    return hashlib.sha256(content).hexdigest()


def fails_with(status: int, *, read: bool = True) -> Behaviour:
    """Respond with an error, after reading the body or before."""

    async def behave(request: web.Request) -> web.Response:
        if read:
            async for _ in request.content.iter_any():
                pass
        return web.json_response({"message": "not now"}, status=status)

    return behave


async def resets(request: web.Request) -> web.Response:
    """Read a part of the body, then break the connection."""
    await request.content.readany()
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def receive(request: web.Request) -> Upload:
    """Read a form with aiohttp's parser."""
    fields: list[tuple[str, str]] = []
    name = content_type = None
    size, hashed = 0, hashlib.sha256()
    form = await request.multipart()
    while (field := await form.next()) is not None:
        part = cast("BodyPartReader", field)
        if part.filename is None:
            fields.append((str(part.name), await part.text()))
            continue
        name, content_type = part.filename, part.headers.get("content-type")
        while chunk := await part.read_chunk(2**18):
            size += len(chunk)
            hashed.update(chunk)
    length = request.headers.get("content-length")
    return Upload(fields, name, content_type, size, hashed.hexdigest(), length)


@asynccontextmanager
async def serving_files(*plan: Behaviour) -> AsyncGenerator[FileServer, None]:
    """Serve uploads at POST /v1/files. The next requests to any path follow a plan."""
    server = FileServer(plan=list(plan))

    async def handle(request: web.Request) -> web.StreamResponse:
        server.requests += 1
        if server.plan:
            return await server.plan.pop(0)(request)
        upload = await receive(request)
        server.arrived.append(upload)
        return web.json_response({"id": "file-1", "filename": upload.name, "bytes": upload.size})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server
    finally:
        await runner.cleanup()
