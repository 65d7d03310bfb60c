"""The recipes for web frameworks, run by their real servers."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from mistral_core import APIConnectionError, Headers, Response
from mistral_funcs import chat_stream
from mistral_funcs.sandbox import Sandbox
from tests.client.event_server import serving_events

HERE = Path(__file__).parent

RUN = "from aiohttp import web; from aiohttp_service import app; "
SERVICES = {
    "FastAPI": ["-m", "uvicorn", "fastapi_service:app", "--port", "0"],
    "Litestar": ["-m", "uvicorn", "litestar_service:app", "--port", "0"],
    "aiohttp.web": ["-u", "-c", f"{RUN} web.run_app(app, host='127.0.0.1', port=0)"],
}
"""Commands that start each service on a free port. All of them print their address."""


@asynccontextmanager
async def service(name: str, url: str) -> AsyncGenerator[str, None]:
    """Run a service that calls the API at a URL. Yield its URL."""
    environment = {**os.environ, "MISTRAL_SERVER_URL": url, "MISTRAL_API_KEY": "sandbox-key"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "always", *SERVICES[name]),
        cwd=HERE,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    seen = b""
    try:
        async with asyncio.timeout(30):
            while not (address := re.search(rb"http://[\d.]+:(\d+)", seen)):
                line = await process.stdout.readline()
                assert line, seen.decode()
                seen += line
        yield f"http://127.0.0.1:{address.group(1).decode()}"
    finally:
        process.terminate()
        rest, _ = await process.communicate()
    said = (seen + rest).decode()
    assert process.returncode in (0, -15), said
    assert not re.search("Traceback|Warning|ERROR", said), said


@pytest.mark.parametrize("name", SERVICES)
async def test_a_service_streams_a_response(name: str) -> None:
    """Completely. A failure in the middle is reported in the text."""
    sandbox = Sandbox()
    async with (
        sandbox.serve() as upstream,
        service(name, upstream) as url,
        aiohttp.ClientSession() as session,
    ):
        ask = f"{url}/ask?question=hello+there"
        async with session.get(ask) as response:
            assert await response.text() == "You said: hello there"
        sandbox.fail(APIConnectionError("cut"), after=3, on=chat_stream)
        async with session.get(ask) as response:
            assert re.fullmatch(
                r"You said:\n\[.* sent an incomplete response.*\]", await response.text()
            )


@pytest.mark.parametrize("name", SERVICES)
async def test_a_service_maps_a_failure_to_a_status(name: str) -> None:
    """The status says whether to change the request or to try again."""
    sandbox = Sandbox()
    failures: list[tuple[int | Response | APIConnectionError, int, str]] = [
        (401, 502, "Unauthorized"),
        (422, 400, "Unprocessable Entity"),
        (
            Response(429, Headers([("x-ratelimit-limit-req-minute", "0")]), b"Slow down"),
            503,
            "Slow",
        ),
        (APIConnectionError("cut"), 504, "broke"),
    ]
    async with (
        sandbox.serve() as upstream,
        service(name, upstream) as url,
        aiohttp.ClientSession() as session,
    ):
        for failure, status, message in failures:
            sandbox.fail(failure)
            async with session.get(f"{url}/ask?question=x") as response:
                assert response.status == status
                assert message in (await response.json())["error"]


@pytest.mark.parametrize("name", SERVICES)
async def test_a_reader_that_disconnects_frees_the_connection(name: str) -> None:
    """In the middle of an endless response: the API server sees the disconnect."""
    async with (
        serving_events() as upstream,
        service(name, upstream.url) as url,
        aiohttp.ClientSession() as session,
    ):
        for _ in range(3):
            async with session.get(f"{url}/ask?question=x") as response:
                assert await response.content.readexactly(6) == b"0 1 2 "
                assert upstream.open == 1
            await upstream.until_quiet()


@pytest.mark.parametrize("name", SERVICES)
async def test_a_service_handles_200_requests_at_once(name: str) -> None:
    """With one client. Each response is complete."""
    sandbox = Sandbox()
    connector = aiohttp.TCPConnector(limit=200)
    async with (
        sandbox.serve() as upstream,
        service(name, upstream) as url,
        aiohttp.ClientSession(connector=connector) as session,
    ):

        async def ask(number: int) -> str:
            async with session.get(f"{url}/ask?question=number+{number}") as response:
                return await response.text()

        responses = await asyncio.gather(*map(ask, range(200)))
    assert responses == [f"You said: number {number}" for number in range(200)]
