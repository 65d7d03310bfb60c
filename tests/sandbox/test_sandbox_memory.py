"""The sandbox keeps a bounded amount of data, and at most two copies of a large upload."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from mistral_core import MistralCore, Ok
from mistral_funcs import audio_voices_create, files_upload, models_list
from mistral_funcs.sandbox import Sandbox, request_bodies, sandbox as sandbox_module, state
from tests.sandbox.many_calls import MODEL, make_calls, run_a_batch, tune_a_model

Calls: TypeAlias = Callable[[MistralCore, int], Awaitable[object]]

ROOT = Path(__file__).parents[2]

# -------------------------------------------------------------------------------- recorded requests


async def test_the_last_requests_are_kept() -> None:
    """Up to a limit, the newest last. Each request has its own ID."""
    sandbox = Sandbox()
    client = MistralCore(transport=sandbox)
    for number in range(sandbox_module.MOST_RECORDED + 4):
        await models_list(client, model=str(number))
    listed = await models_list(client, model=str(sandbox_module.MOST_RECORDED + 4))
    assert len(sandbox.requests) == sandbox_module.MOST_RECORDED
    assert sandbox.requests[0].url.endswith("?model=5")
    assert sandbox.requests[-1].url.endswith(f"?model={sandbox_module.MOST_RECORDED + 4}")
    assert listed.call.request_id == f"sandbox-{sandbox_module.MOST_RECORDED + 5}"


@pytest.mark.parametrize("over_http", [False, True])
@pytest.mark.parametrize("streamed", [False, True])
async def test_a_large_body_is_not_recorded(*, streamed: bool, over_http: bool) -> None:
    """Its file is stored. A small body is recorded as bytes, streamed or not."""
    sandbox = Sandbox()

    async def chunks(content: bytes) -> AsyncIterator[bytes]:
        yield content

    async def upload(client: MistralCore, content: bytes) -> None:
        file = chunks(content) if streamed else content
        assert isinstance(await files_upload(client, file=file), Ok)

    large = bytes(request_bodies.LARGEST_RECORDED)
    async with sandbox.serve() as url:
        transport = None if over_http else sandbox
        async with MistralCore(sandbox.api_key, server_url=url, transport=transport) as client:
            await upload(client, b"small")
            await upload(client, large)
    small_request, large_request = sandbox.requests
    assert isinstance(small_request.body, bytes)
    assert b"small" in small_request.body
    assert large_request.body is None
    assert [file.content for file in sandbox.state.files.values()] == [b"small", large]


# ----------------------------------------------------------------------------------- stored objects

KINDS: dict[str, tuple[str, Calls]] = {
    "files": ("files", lambda client, number: files_upload(client, file=str(number).encode())),
    "voices": (
        "voices",
        lambda client, number: audio_voices_create(client, name=str(number), sample_audio="AAAA"),
    ),
    "batch jobs": ("batch_jobs", run_a_batch),
    "results of batch jobs": ("files", run_a_batch),
    "fine-tuning jobs": ("jobs", tune_a_model),
    "fine-tuned models": ("models", tune_a_model),
}


@pytest.mark.parametrize("kind", KINDS)
async def test_the_oldest_object_of_a_kind_is_removed(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If requests have created too many. Predefined objects are kept."""
    monkeypatch.setattr(state, "MOST_KEPT", 3)
    name, call = KINDS[kind]
    sandbox = Sandbox()
    collection: dict[str, Any] = getattr(sandbox.state, name)
    first = {*collection} if name == "voices" else {MODEL} & {*collection}
    before: list[str] = []
    for number in range(5):
        before = [*collection]
        await call(MistralCore(transport=sandbox), number)
    created = [key for key in collection if key not in Sandbox().state.models and key not in first]
    assert first <= collection.keys()
    assert len(created) == 3
    assert [*collection][-2:-1] == before[-1:]


def test_memory_does_not_grow_with_the_requests() -> None:
    """After the limits have been reached."""
    command = [sys.executable, "-m", "tests.sandbox.growth_program"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert int(done.stdout) < 200_000


def resident(process_id: int) -> int:
    """Return the resident memory of a process in bytes."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return 1024 * int(next(x for x in status.splitlines() if x.startswith("VmRSS")).split()[1])


@pytest.mark.soak
async def test_a_served_sandbox_does_not_grow() -> None:
    """By more than 20 MB in 200,000 requests of many kinds."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "mistral_funcs", "sandbox", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        screen = (await process.stdout.readuntil(b"stops it.")).decode()
        url = screen.partition("MISTRAL_SERVER_URL=")[2].split()[0]
        async with MistralCore("sandbox-key", server_url=url, timeout=None) as client:
            await make_calls(client, 0, 20)
            before = resident(process.pid)
            await asyncio.gather(*(make_calls(client, 10**6 * each, 2_780) for each in range(8)))
        assert resident(process.pid) - before < 20_000_000
    finally:
        process.terminate()
        await process.wait()


# ------------------------------------------------------------------------------------------ uploads


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("way", ["in process", "over HTTP"])
@pytest.mark.parametrize("line", [16, 10_000])
def test_an_upload_is_held_at_most_twice(way: str, line: int) -> None:
    """150 MB with short or long lines: as the body, and as the file."""
    command = [sys.executable, "-m", "tests.sandbox.upload_program", way, str(line)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    size, peak = map(int, done.stdout.split())
    assert size > 149_000_000
    assert peak < 2.5 * size
