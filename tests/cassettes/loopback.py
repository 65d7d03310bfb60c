"""A loopback server for the traffic to record, and access to the files of a recording."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import attrs
from aiohttp import web

from mistral_core import Cassette, MistralCore
from mistral_core.cassettes.cassette import Record

KEY = "key-of-the-test-1"

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


@attrs.frozen
class Arrived:
    """A request that arrived.

    Attributes:
        headers: Its headers.
        body: Its body.
    """

    headers: Mapping[str, str]
    body: bytes


@asynccontextmanager
async def loopback(handle: Handler) -> AsyncGenerator[tuple[str, list[Arrived]], None]:
    """Pass every request to a handler. Yield the URL and the list of received requests."""
    arrived: list[Arrived] = []

    async def keep(request: web.Request) -> web.StreamResponse:
        arrived.append(Arrived(request.headers, await request.read()))
        return await handle(request)

    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{path:.*}", keep)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", arrived
    finally:
        await runner.cleanup()


def responds(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Handler:
    """Return a handler that responds with these bytes, or with the value as JSON."""

    async def handle(_: web.Request) -> web.StreamResponse:
        if isinstance(value, bytes):
            return web.Response(body=value, status=status, headers=headers)
        return web.json_response(value, status=status, headers=headers)

    return handle


@asynccontextmanager
async def recording(
    path: Path, url: str, record: Record = "all", **settings: Any
) -> AsyncGenerator[MistralCore, None]:
    """Yield a client whose traffic with a server is recorded."""
    transport = settings.pop("transport", None)
    with Cassette(path, record=record, transport=transport) as cassette:
        async with MistralCore(KEY, transport=cassette, server_url=url, **settings) as client:
            yield client


@contextmanager
def replaying(path: Path, **settings: Any) -> Generator[MistralCore, None, None]:
    """Yield a client that replays a recording, and check that every request was replayed."""
    with Cassette(path, strict=True) as cassette:
        yield MistralCore(transport=cassette, **settings)
        assert not cassette.unplayed


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a recording, except the header line."""
    _, *lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    return [json.loads(line) for line in lines]


def bytes_in(folder: Path) -> bytes:
    """Return the names and contents of all files below a folder."""
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    return b"\n".join(str(file).encode() + file.read_bytes() for file in files)


def text_of(path: Path) -> str:
    """Return the text of a recording, or an empty string if the file does not exist."""
    return path.read_text("utf-8") if path.exists() else ""


def rewrite(path: Path, text: str) -> None:
    """Overwrite a recording."""
    path.write_text(text, "utf-8")


def files_in(folder: Path) -> list[Path]:
    """Return the files in a folder."""
    return sorted(folder.glob("*"))
