"""Channels: frozen peers, unusual frames, and custom transports."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import WSMsgType

from mistral_core import APIConnectionError, Err, MistralCore, Ok, Request, Response, Timeout
from mistral_core.transports import websocket
from mistral_funcs import AudioBuffer, audio_transcriptions_realtime
from mistral_funcs.sandbox import Sandbox
from tests.realtime.socket_server import CREATED, DONE, Peer, socket_server, transcribes


async def read_and_ignore(peer: Peer) -> None:
    """Greet, and send nothing more."""
    await peer.send(CREATED)
    await peer.rest()


async def test_a_buffer_is_transcribed() -> None:
    """Like any source that is no generator."""
    buffer = AudioBuffer()
    await buffer.put(b"abc")
    buffer.close()
    async with (
        socket_server(transcribes) as (url, seen),
        MistralCore("k", server_url=url) as client,
    ):
        opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with opened.transcribe(buffer) as events:
            assert len([event.unwrap() async for event in events]) == 2
    assert [each["type"] for each in seen.messages] == ["input_audio.append", "input_audio.end"]


async def test_unusual_frames_are_ignored() -> None:
    """Unsolicited pongs. Of several pings, the last one gets a reply."""
    replies: list[bytes] = []

    async def behave(peer: Peer) -> None:
        peer.socket._autoping = False
        await peer.send(CREATED)
        await peer.socket.pong(b"unsolicited")
        await peer.socket.ping(b"1")
        await peer.socket.ping(b"2")
        while b"2" not in replies:
            message = await peer.socket.receive()
            assert message.type is WSMsgType.PONG
            replies.append(bytes(message.data))
        await peer.socket._writer.send_frame(b"", WSMsgType.CLOSE)  # type: ignore[union-attr]
        await peer.rest()

    async with socket_server(behave) as (url, _), MistralCore("k", server_url=url) as client:
        opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with opened as session:
            (last,) = [event async for event in session]
    assert isinstance(last, Err)
    assert "closed the connection (before" in last.error.message


async def test_a_server_that_does_not_close_does_not_delay_leaving() -> None:
    """The close frame is awaited only briefly."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await peer.until("input_audio.end")
        await peer.send(DONE)
        await asyncio.sleep(60)

    async with socket_server(behave) as (url, _), MistralCore("k", server_url=url) as client:
        opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with opened as session:
            await session.end()
            assert len([event async for event in session]) == 1
            started = time.monotonic()
        assert time.monotonic() - started < 5


async def test_unsent_audio_to_a_frozen_server_is_dropped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Closing the socket would otherwise wait for it."""
    monkeypatch.setattr(websocket, "WINDOW", 2**40)

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await asyncio.sleep(60)

    limits = Timeout(read=0.5)
    async with (
        socket_server(behave) as (url, _),
        MistralCore("k", server_url=url, timeout=limits) as client,
    ):
        opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with opened as session:
            sent = await asyncio.wait_for(session.append(bytes(2**25)), 10)
            assert isinstance(sent, Err)
            assert "was silent for 0.5 s" in sent.error.message


async def test_a_channel_is_read_by_one_task() -> None:
    """A second task gets an error of this package, not of aiohttp."""
    async with (
        socket_server(read_and_ignore) as (url, _),
        MistralCore("k", server_url=url) as client,
    ):
        opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with opened as session:
            stream: Any = session._stream
            await asyncio.sleep(0.01)
            with pytest.raises(APIConnectionError, match="broke"):
                await anext(stream._channel)


async def test_a_task_attached_after_the_end_is_cancelled() -> None:
    """The stream has ended before the task could start."""
    async with socket_server(transcribes) as (url, _), MistralCore("k", server_url=url) as client:
        opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with opened as session:
            await session.end()
            assert len([event async for event in session]) == 2
            late = asyncio.create_task(asyncio.sleep(60))
            session._stream.attach(late)
    assert late.cancelled()


class Ending:
    """A channel that ends without a reason."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        raise StopAsyncIteration

    async def send(self, text: str) -> None:
        """Do nothing."""

    async def keep_alive(self) -> None:
        """Do nothing."""

    async def aclose(self) -> None:
        """Do nothing."""


class EndingTransport:
    """A custom transport."""

    api_key = "key"

    async def send(self, request: Request) -> Response:
        """Open a WebSocket."""
        assert request.websocket
        greeting = b'{"type": "session.created", "session": {"model": "m"}}'
        return Response(101, body=greeting, stream=Ending())

    async def aclose(self) -> None:
        """Do nothing."""


async def test_a_channel_that_ends_early_is_an_error() -> None:
    """It must end with the last event."""
    client = MistralCore(transport=EndingTransport())
    opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
    async with opened as session:
        (last,) = [event async for event in session._stream]
    assert isinstance(last, Err)
    assert "The connection ended (before `transcription.done`" in last.error.message


async def test_a_closed_channel_of_the_sandbox_stays_closed() -> None:
    """For both sides."""
    client = MistralCore(transport=Sandbox())
    opened = await audio_transcriptions_realtime(client, model="voxtral-mini-latest")
    assert isinstance(opened, Ok)
    channel: Any = opened.value._stream._channel
    await channel.aclose()
    with pytest.raises(APIConnectionError, match="is closed"):
        await channel.send("{}")
    with pytest.raises(APIConnectionError, match="is closed"):
        await anext(channel)
