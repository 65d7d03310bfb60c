"""WebSockets in recordings: messages of both sides, replayed in causal order."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from mistral_core import APIConnectionError, Err, Ok, RetryConfig
from mistral_core.cassettes.exchange import Exchange
from mistral_core.cassettes.replayer import Pace, ReplayedChannel
from mistral_funcs import audio_transcriptions_realtime
from tests.cassettes.loopback import lines_of, recording, replaying
from tests.realtime.socket_server import CREATED, DONE, Peer, Refusal, delta, socket_server

ONCE = RetryConfig(strategy="none")
SPEECH = bytes(range(250)) * 40


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of the recording."""
    return tmp_path / "test.jsonl"


async def sound(data: bytes = SPEECH) -> AsyncIterator[bytes]:
    """Yield audio."""
    yield data


async def transcribe(client: Any, data: bytes = SPEECH) -> list[object]:
    """Return the events of a transcription, with errors as strings."""
    opened = await audio_transcriptions_realtime(client, model="m")
    if isinstance(opened, Err):
        return [str(opened.error)]
    async with opened.value.transcribe(sound(data)) as events:
        return [each.value if isinstance(each, Ok) else str(each.error) async for each in events]


async def talk(peer: Peer) -> None:
    """Respond to the first message, and to the end."""
    await peer.send(CREATED)
    await peer.until("input_audio.append")
    await peer.send(delta("Hi"))
    await peer.until("input_audio.end")
    await peer.send(DONE)
    await peer.rest()


async def break_off(peer: Peer) -> None:
    """Break the connection after the first message."""
    await peer.send(CREATED)
    await peer.until("input_audio.append")
    peer.cut()


BUSY = Refusal(429, {"message": "Too many sessions"}, {"retry-after": "0"})


async def test_a_session_is_replayed(path: Path) -> None:
    """Each message of the server follows the client's message that caused it."""
    async with socket_server(talk) as (url, seen):
        async with recording(path, url) as client:
            recorded = await transcribe(client)
        await seen.closed()
    assert len(recorded) == 2
    events = [line["event"] for line in lines_of(path)]
    assert events[:4] == ["request", "response", "sent", events[3]]
    assert sorted(events[2:-1]) == ["received", "received", "sent", "sent"]
    assert events[-1] == "abandoned"
    with replaying(path) as client:
        assert await transcribe(client) == recorded


@pytest.mark.parametrize("response", [break_off, BUSY])
async def test_a_failed_session_is_replayed(response: Any, path: Path) -> None:
    """A refusal and a broken connection are replayed as the same error."""
    async with (
        socket_server(response) as (url, _),
        recording(path, url, retry_config=ONCE) as client,
    ):
        recorded = await transcribe(client)
    assert isinstance(recorded[-1], str)
    with replaying(path, retry_config=ONCE) as client:
        assert await transcribe(client) == recorded


async def test_audio_other_than_the_recorded_is_an_error(path: Path) -> None:
    """The error describes the differing message only."""
    async with socket_server(talk) as (url, _), recording(path, url) as client:
        await transcribe(client)
    with replaying(path) as client:
        *_, error = await transcribe(client, b"\0" * 10_000)
    assert str(error).startswith("WebSocket message 1 differs from the recorded one:")
    assert "message.json.audio: recorded 'AAEC" in str(error)


def channel(*events: tuple[str, str]) -> ReplayedChannel:
    """Return a replayed channel with some events."""
    exchange = Exchange({})
    for kind, text in events:
        exchange.add(kind, data=text.encode())
    return ReplayedChannel(exchange.events, Pace(timed=False), json.loads)


async def test_a_message_waits_for_its_cause() -> None:
    """Cancelling the wait loses nothing."""
    replayed = channel(("sent", "1"), ("sent", "2"), ("received", "3"), ("received", "4"))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(replayed), 0.001)
    await replayed.send("1")
    waiting = asyncio.create_task(anext(aiter(replayed)))
    await asyncio.sleep(0)
    assert not waiting.done()
    await replayed.send("2")
    assert await waiting == b"3"
    assert await anext(replayed) == b"4"
    await replayed.send("beyond the recording")
    with pytest.raises(APIConnectionError, match="The recording ends here"):
        await anext(replayed)
    keeping = asyncio.create_task(replayed.keep_alive())
    await asyncio.sleep(0)
    assert not keeping.done()
    keeping.cancel()
    await replayed.aclose()
