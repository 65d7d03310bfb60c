"""Services in the frameworks that people use, run by their real servers."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from mistral_core import APIConnectionError
from mistral_funcs.chat.stream import OPERATION as STREAM
from mistral_funcs.sandbox import Sandbox
from tests.client.event_server import serving_events

HERE = Path(__file__).parent

RUN = "from aiohttp import web; from aiohttp_service import app; "
SERVICES = {
    "FastAPI": ["-m", "uvicorn", "fastapi_service:app", "--port", "0"],
    "aiohttp.web": ["-u", "-c", f"{RUN} web.run_app(app, host='127.0.0.1', port=0)"],
}
"""How each service is started, on any free port; all of them say where they listen."""


@asynccontextmanager
async def service(name: str, url: str) -> AsyncGenerator[str, None]:
    """Run a service that calls the API at a URL; yield its own."""
    environment = {**os.environ, "MISTRAL_SERVER_URL": url, "MISTRAL_API_KEY": "sandbox-key"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *SERVICES[name],
        cwd=HERE,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    seen = b""
    try:
        async with asyncio.timeout(30):
            while not (told := re.search(rb"http://[\d.]+:(\d+)", seen)):
                line = await process.stdout.readline()
                assert line, seen.decode()
                seen += line
        yield f"http://127.0.0.1:{told.group(1).decode()}"
    finally:
        process.terminate()
        rest, _ = await process.communicate()
    said = (seen + rest).decode()
    assert process.returncode in (0, -15), said
    assert "Traceback" not in said, said


@pytest.mark.parametrize("name", SERVICES)
async def test_a_service_streams_an_answer(name: str) -> None:
    """Whole; and what goes wrong before or on the way is told as it should be."""
    sandbox = Sandbox()
    async with (
        sandbox.serve() as upstream,
        service(name, upstream) as url,
        aiohttp.ClientSession() as session,
    ):
        ask = f"{url}/ask?question=hello+there"
        async with session.get(ask) as response:
            assert await response.text() == "You said: hello there"
        sandbox.fail(401)
        async with session.get(ask) as response:
            assert response.status == 502
        sandbox.fail(APIConnectionError("cut"), after=3, on=STREAM)
        async with session.get(ask) as response:
            assert re.fullmatch(r"You said:\n\[.* broke.*\]", await response.text())


@pytest.mark.parametrize("name", SERVICES)
async def test_a_reader_that_hangs_up_frees_the_connection_to_the_api(name: str) -> None:
    """In the midst of an answer without an end: the API's server sees that nobody listens."""
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
async def test_a_service_answers_200_at_once(name: str) -> None:
    """Through one client, each of them whole."""
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

        answers = await asyncio.gather(*map(ask, range(200)))
    assert answers == [f"You said: number {number}" for number in range(200)]
