"""Many concurrent sessions at full speed, in constant memory."""

import asyncio
import gc
import resource
import tracemalloc
from collections.abc import AsyncIterator

import pytest

from mistral_core import MistralCore, Ok
from mistral_funcs import audio_transcriptions_realtime
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.sound import say

SESSIONS = 200
SECONDS = 30
SECOND = 16_000 * 2
"""Bytes per second of audio."""


async def recording(text: str) -> AsyncIterator[bytes]:
    """Yield 30 seconds of audio that contain a text."""
    said = say(text, "pcm")
    yield said
    rest = SECONDS * SECOND - len(said)
    for start in range(0, rest, SECOND // 2):
        yield bytes(min(SECOND // 2, rest - start))


async def transcribe(client: MistralCore, number: int) -> None:
    """Transcribe a recording, and check the transcript."""
    opened = await audio_transcriptions_realtime(client, model="voxtral-mini-latest")
    async with opened.unwrap().transcribe(recording(f"This is recording {number}.")) as events:
        *_, last = [event async for event in events]
    assert isinstance(last, Ok)
    assert getattr(last.value, "text", None) == f"This is recording {number}."


@pytest.mark.soak
async def test_200_sessions_of_30_seconds_at_once() -> None:
    """All are transcribed. The second round needs no more memory than the first."""
    sandbox = Sandbox()
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url) as client,
    ):
        loop = asyncio.get_running_loop()
        peaks: list[int] = []
        tracemalloc.start()
        for _ in range(3):
            tracemalloc.reset_peak()
            started = loop.time()
            await asyncio.gather(*(transcribe(client, number) for number in range(SESSIONS)))
            gc.collect()
            held, peak = tracemalloc.get_traced_memory()
            peaks.append(peak)
            print(  # noqa: T201
                f"{loop.time() - started:.1f} s, peak {peak / 2**20:.1f} MiB, "
                f"held {held / 2**20:.1f} MiB, "
                f"rss {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
            )
        tracemalloc.stop()
    audio = SESSIONS * SECONDS * SECOND
    assert peaks[-1] < peaks[0] * 1.2
    assert max(peaks) < audio
