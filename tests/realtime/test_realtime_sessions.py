"""Open sessions: concurrent sending and receiving, backpressure, pings, pauses, cancellation."""

import asyncio
import time
from base64 import b64decode, b64encode
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import WSMsgType, web

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    InvalidRequestError,
    MistralCore,
    Ok,
    Result,
    SDKError,
    Timeout,
)
from mistral_core.response import message_stream
from mistral_core.transports import websocket
from mistral_funcs import (
    RealtimeSpeech,
    RealtimeTranscription,
    audio_speech_realtime,
    audio_transcriptions_realtime,
)
from mistral_funcs.schemas import AudioFormat, TranscriptionStreamTextDelta, TurnDetectionConfig
from tests.client.inside import transport_of
from tests.realtime.socket_server import (
    CREATED,
    DONE,
    SESSION,
    SPOKEN,
    Behaviour,
    Peer,
    Received,
    delta,
    socket_server,
    transcribes,
)

ERROR: dict[str, object] = {"type": "error", "error": {"message": "Too loud", "code": 400}}
QUIET = Timeout(read=0.6, deadline=5)


@asynccontextmanager
async def opened(
    behaviour: Behaviour, limits: Timeout | None = None
) -> AsyncGenerator[tuple[RealtimeTranscription, Received], None]:
    """Open a transcription session with this behavior of the server."""
    async with (
        socket_server(behaviour) as (url, seen),
        MistralCore("key", server_url=url, timeout=limits) as client,
    ):
        yield (await audio_transcriptions_realtime(client, model="m")).unwrap(), seen


@asynccontextmanager
async def speaking(behaviour: Behaviour) -> AsyncGenerator[tuple[RealtimeSpeech, Received], None]:
    """Open a speech session with this behavior of the server."""
    async with (
        socket_server(behaviour) as (url, seen),
        MistralCore("key", server_url=url) as client,
    ):
        yield (await audio_speech_realtime(client, model="m", voice="v")).unwrap(), seen


async def chunks(*parts: Any, then: Exception | None = None) -> AsyncIterator[Any]:
    """Yield chunks, then raise an error."""
    for each in parts:
        yield each
    if then is not None:
        raise then


def types(events: list[Any]) -> list[str]:
    """Return the types of events."""
    return [event.unwrap().type for event in events]


async def read_and_ignore(peer: Peer) -> None:
    """Greet, and send nothing more."""
    await peer.send(CREATED)
    await peer.rest()


# ----------------------------------------------------------------------------------------- messages


async def test_messages_of_a_transcription() -> None:
    """Each method sends one. Mappings, classes and null are sent unchanged."""

    async def behave(peer: Peer) -> None:
        await peer.send(
            CREATED, {"type": "session.updated", "session": {**SESSION, "language": "de"}}
        )
        await peer.until("input_audio.end")
        await peer.send(DONE)
        await peer.rest()

    async with opened(behave) as (connection, seen), connection as session:
        await session.update(
            audio_format=AudioFormat(encoding="pcm_mulaw", sample_rate=8000),
            turn_detection=TurnDetectionConfig(min_silence_ms=200),
            speaker_references={"Ann": "YQ=="},
            language=None,
        )
        await session.append(bytearray(b"abc"))
        await session.append(memoryview(b"def"))
        await session.append(b"")
        await session.flush()
        await session.end()
        assert types([event async for event in session]) == [
            "session.updated", "transcription.done",
        ]  # fmt: skip
        assert session.session.language == "de"
        assert await session.update() == Ok(None)
    assert seen.messages == [
        {
            "type": "session.update",
            "session": {
                "audio_format": {"encoding": "pcm_mulaw", "sample_rate": 8000},
                "language": None,
                "speaker_references": {"Ann": "YQ=="},
                "turn_detection": {"min_silence_ms": 200},
            },
        },
        {"type": "input_audio.append", "audio": "YWJj"},
        {"type": "input_audio.append", "audio": "ZGVm"},
        {"type": "input_audio.flush"},
        {"type": "input_audio.end"},
    ]


async def test_messages_of_speech() -> None:
    """The received audio is bytes."""

    async def behave(peer: Peer) -> None:
        await peer.send({"type": "session.created", "session": {"request_id": "r", "model": "m"}})
        await peer.until("input_text.end")
        await peer.send({"type": "session.updated", "session": {"voice": "v"}})
        audio = b64encode(b"sound").decode()
        await peer.send({"type": "speech.audio.delta", "audio_data": audio}, SPOKEN)
        await peer.rest()

    async with speaking(behave) as (connection, seen), connection as session:
        assert session.session.request_id == "r"
        await session.update(response_format="pcm", expressiveness=1.5, streaming_mode="long_form")
        await session.append("Hello ")
        await session.flush("there")
        await session.flush()
        await session.end()
        assert types([event async for event in session]) == [
            "session.updated", "speech.audio.delta", "speech.audio.done",
        ]  # fmt: skip
        assert session.session.voice == "v"
    settings = {"response_format": "pcm", "expressiveness": 1.5, "streaming_mode": "long_form"}
    assert seen.messages == [
        {"type": "session.update", "session": {"voice": "v"}},
        {"type": "session.update", "session": settings},
        {"type": "input_text.append", "text": "Hello "},
        {"type": "input_text.flush", "text": "there"},
        {"type": "input_text.flush", "text": None},
        {"type": "input_text.end"},
    ]


async def test_large_audio_is_split_and_large_messages_arrive() -> None:
    """A message has at most 262,144 bytes of audio, and a transcript may have 3 MiB."""
    long = "x" * 3 * 2**20

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await peer.until("input_audio.end")
        await peer.send({**DONE, "text": long})
        await peer.rest()

    audio = bytes(range(256)) * 4096
    async with opened(behave) as (connection, seen), connection as session:
        assert await session.append(audio) == Ok(None)
        assert await session.end() == Ok(None)
        (done,) = [event async for event in session]
    parts = [b64decode(each["audio"]) for each in seen.messages[:-1]]
    assert b"".join(parts) == audio
    assert max(map(len, parts)) <= 262_144
    assert getattr(done.unwrap(), "text", None) == long


async def test_input_of_the_wrong_type_is_an_error() -> None:
    """The session continues."""
    async with opened(transcribes) as (connection, _), connection as session:
        wrong: Any = "text"
        unknown: Any = object()
        sent = await session.append(wrong)
        assert isinstance(sent, Err)
        assert sent.error.message == "Audio must be bytes, got str"
        assert isinstance(await session.update(context_bias=[wrong, unknown]), Err)
        assert await session.end() == Ok(None)
        assert len([event async for event in session]) == 2
    async with speaking(read_and_ignore) as (speech, _), speech as spoken:
        wrong = b"bytes"
        text = await spoken.append(wrong)
        assert isinstance(text, Err)
        assert text.error.message == "Text must be a string, got bytes"


async def test_nothing_is_sent_after_the_end() -> None:
    """Neither after the end of the input nor after the end of the session."""
    async with opened(transcribes) as (connection, _):
        async with connection as session:
            await session.end()
            late = await session.append(b"x")
            assert isinstance(late, Err)
            assert late.error.message == "The input of the session has ended"
            assert len([event async for event in session]) == 2
            late = await session.append(b"x")
            assert isinstance(late, Err)
            assert late.error.message == "The session has ended"
        assert isinstance(await session.append(b"x"), Err)


async def test_a_session_continues_after_the_text_of_a_flush() -> None:
    """The last event is the one after the end of the audio."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await peer.until("input_audio.flush")
        await peer.send(DONE)
        await peer.until("input_audio.end")
        await peer.send(delta("Hi"), DONE)
        await peer.rest()

    async with opened(behave) as (connection, _), connection as session:
        await session.flush()
        assert types([await anext(session)]) == ["transcription.done"]
        await session.append(b"x")
        await session.end()
        rest = [event async for event in session]
        assert types(rest) == ["transcription.text.delta", "transcription.done"]


async def test_a_cancelled_end_can_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the server is not reading."""
    async with opened(transcribes) as (connection, _), connection as session:
        with monkeypatch.context() as behind:
            behind.setattr(websocket, "WINDOW", -1)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(session.end(), 0.05)
        await asyncio.wait_for(session.end(), 5)
        assert len([event async for event in session]) == 2


# -------------------------------------------------------------------------------- feeding a session


async def test_audio_is_sent_while_events_are_received() -> None:
    """The server responds to each chunk before the next one exists."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        while (message := await peer.receive()) and message["type"] == "input_audio.append":
            await peer.send(delta(b64decode(message["audio"]).decode()))
        await peer.send(DONE)
        await peer.rest()

    heard = asyncio.Queue[bytes]()

    async def microphone() -> AsyncIterator[bytes]:
        while audio := await heard.get():
            yield audio

    heard.put_nowait(b"0")
    async with opened(behave) as (connection, _), connection.transcribe(microphone()) as events:
        said: list[str] = []
        async for event in events:
            value = event.unwrap()
            if isinstance(value, TranscriptionStreamTextDelta):
                said.append(value.text)
                heard.put_nowait(str(len(said)).encode() if len(said) < 4 else b"")
    assert said == ["0", "1", "2", "3"]


async def test_text_is_sent_while_audio_is_received() -> None:
    """An error of the text source is reported unchanged."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await peer.until("input_text.append")
        await peer.send({"type": "speech.audio.delta", "audio_data": "YWJj"})
        await peer.until("input_text.end")
        await peer.send(SPOKEN)
        await peer.rest()

    async with speaking(behave) as (connection, _), connection.speak(chunks("Hi ", "you")) as audio:
        assert [chunk async for chunk in audio] == [Ok(b"abc")]
    broke = APIConnectionError("The agent's stream broke")
    source = chunks("Hi ", then=broke)
    async with speaking(behave) as (connection, _), connection.speak(source) as audio:
        *_, last = [chunk async for chunk in audio]
    assert last == Err(broke)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (chunks(b"a", then=OSError("unplugged")), "raised OSError('unplugged')"),
        (chunks(b"a", "text"), "Audio must be bytes, got str"),
    ],
)
async def test_a_failing_source_is_an_error_of_the_session(
    source: AsyncIterator[bytes], message: str
) -> None:
    """It does not hang."""
    async with opened(read_and_ignore) as (connection, _), connection.transcribe(source) as events:
        (last,) = [event async for event in events]
    assert isinstance(last, Err)
    assert isinstance(last.error, InvalidRequestError)
    assert message in last.error.message


async def test_an_error_stops_the_sender_at_once() -> None:
    """While it waits for a silent microphone, and while the reader is busy."""
    stopped = asyncio.Event()

    async def microphone() -> AsyncIterator[bytes]:
        try:
            yield b"a"
            await asyncio.sleep(60)
        finally:
            stopped.set()

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await peer.receive()
        await peer.send(delta("Hi"), ERROR)
        await peer.rest()

    async with opened(behave) as (connection, seen), connection.transcribe(microphone()) as events:
        await asyncio.wait_for(stopped.wait(), 5)  # The reader has not read anything yet.
        first, last = [event async for event in events]
    assert first == Ok(TranscriptionStreamTextDelta(text="Hi"))
    assert isinstance(last, Err)
    assert isinstance(last.error, SDKError)
    assert len(seen.messages) == 1


async def test_leaving_early_stops_the_sender_and_closes_the_socket() -> None:
    """The audio generator is closed, and no task is left."""
    closed = asyncio.Event()

    async def microphone() -> AsyncIterator[bytes]:
        try:
            while True:
                yield bytes(1000)
                await asyncio.sleep(0.001)
        finally:
            closed.set()

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED, delta("Hi"))
        await peer.rest()

    async with opened(behave) as (connection, seen):
        before = asyncio.all_tasks()
        async with connection.transcribe(microphone()) as events:
            async for _ in events:
                break
        assert closed.is_set()
        assert asyncio.all_tasks() <= before
        await seen.closed()


# --------------------------------------------------------------------------- waiting and cancelling


async def test_a_wait_can_be_cancelled_and_resumed() -> None:
    """Nothing is lost."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        for number in range(3):
            await asyncio.sleep(0.05)
            await peer.send(delta(str(number)))
        await peer.rest()

    async with opened(behave) as (connection, _), connection as session:
        said: list[str] = []
        while len(said) < 3:
            try:
                event = await asyncio.wait_for(anext(session), 0.02)
            except TimeoutError:
                continue
            said.append(getattr(event.unwrap(), "text", ""))
    assert said == ["0", "1", "2"]


async def test_timeouts_and_cancellation_around_the_loop_are_raised() -> None:
    """If the loop ended quietly, half a transcript would look complete."""
    async with opened(read_and_ignore) as (connection, seen):
        with pytest.raises(TimeoutError):  # noqa: PT012 - it is raised in the loop
            async with asyncio.timeout(0.1), connection as session:
                async for _ in session:
                    pass
        await seen.closed()
    async with opened(read_and_ignore) as (connection, seen):

        async def loop() -> None:
            async with connection.transcribe(chunks(b"a")) as events:
                async for _ in events:
                    pass

        task = asyncio.create_task(loop())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await seen.closed()


async def test_a_cancelled_entry_closes_the_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While the settings are sent to a server that does not read."""
    monkeypatch.setattr(websocket, "WINDOW", -1)
    async with speaking(read_and_ignore) as (connection, seen):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(connection.__aenter__(), 0.05)
        await seen.closed()


async def test_leaving_in_another_task_is_an_error_of_the_loop() -> None:
    """The loop has not received the last event."""
    async with opened(read_and_ignore) as (connection, _):
        async with connection as session:
            reader = asyncio.create_task(anext(session))
            await asyncio.sleep(0.01)
        event: Result[Any, Failure] = await reader
    assert isinstance(event, Err)
    assert "closed before the response was complete" in event.error.message


async def test_closing_the_client_ends_its_sessions() -> None:
    """With an error."""
    async with socket_server(read_and_ignore) as (url, _):
        client = MistralCore("key", server_url=url)
        connection = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with connection as session:
            await client.aclose()
            (event,) = [each async for each in session]
            assert isinstance(event, Err)
            assert isinstance(event.error, APIConnectionError)
            assert isinstance(await session.append(b"x"), Err)


# --------------------------------------------------------------------------- pings and backpressure


async def test_silence_of_the_speaker_is_no_timeout() -> None:
    """Replies to pings show that the server is available."""
    async with opened(read_and_ignore, QUIET) as (connection, _), connection as session:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(session), 1.5)
        assert await session.append(b"x") == Ok(None)


def test_pings_are_more_frequent_than_timeouts_of_proxies() -> None:
    """Some close a connection after 30 s without a message."""
    assert websocket.PING_INTERVAL < 30


async def test_pings_of_the_server_are_answered() -> None:
    """While the events are not read."""
    pongs: list[bytes] = []

    async def behave(peer: Peer) -> None:
        peer.socket._autoping = False
        await peer.send(CREATED)
        for number in range(3):
            await peer.socket.ping(str(number).encode())
            while (message := await peer.socket.receive()).type is not WSMsgType.PONG:
                pass
            pongs.append(bytes(message.data))
        peer.cut()

    async with opened(behave) as (connection, seen), connection:
        await seen.closed()
    assert pongs == [b"0", b"1", b"2"]


async def test_a_slow_reader_keeps_its_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a full buffer the server waits. Nothing is lost or held in memory."""
    monkeypatch.setattr(message_stream, "MAX_BUFFERED_BYTES", 1000)
    sent = 0

    async def behave(peer: Peer) -> None:
        nonlocal sent
        await peer.send(CREATED)
        await peer.until("input_audio.end")
        while sent < 2000:
            await peer.send(delta("x" * 10_000))
            sent += 1
        await peer.send(DONE)
        await peer.rest()

    async with opened(behave, QUIET) as (connection, _), connection as session:
        await session.end()
        await asyncio.sleep(1.5)
        assert sent < 2000
        events = [event async for event in session]
    assert len(events) == 2001
    assert isinstance(events[-1], Ok)


async def test_a_sender_waits_for_a_slow_server() -> None:
    """The data in flight is bounded, and the wait is no timeout."""
    received = 0

    async def behave(peer: Peer) -> None:
        nonlocal received
        await peer.send(CREATED)
        await asyncio.sleep(0.4)
        while (message := await peer.receive()) and message["type"] == "input_audio.append":
            received += len(message["audio"])
            await asyncio.sleep(0.02)
        await peer.send(DONE)
        await peer.rest()

    async with opened(behave, Timeout(read=1, deadline=5)) as (connection, _):  # noqa: SIM117
        async with connection as session:
            sent = most = 0
            started = time.monotonic()
            for _ in range(60):
                assert await session.append(bytes(30_000)) == Ok(None)
                sent += 40_000
                most = max(most, sent - received)
            assert time.monotonic() - started > 0.8
            await session.end()
            assert types([event async for event in session]) == ["transcription.done"]
    assert received == sent
    assert most <= websocket.WINDOW + 2 * 40_000


async def test_a_waiting_sender_gets_the_error() -> None:
    """The server stops reading, then reports an error or breaks the connection."""

    async def reports(peer: Peer) -> None:
        await peer.send(CREATED)
        await asyncio.sleep(0.2)
        await peer.send(ERROR)
        await asyncio.sleep(1)

    async def breaks(peer: Peer) -> None:
        await peer.send(CREATED)
        await asyncio.sleep(0.2)
        peer.cut()

    for behave, kind in ((reports, SDKError), (breaks, APIConnectionError)):
        async with opened(behave) as (connection, _), connection as session:
            sent = await asyncio.wait_for(session.append(bytes(10 * 2**20)), 5)
            assert isinstance(sent, Err)
            assert isinstance(sent.error, kind)
            assert [event async for event in session] == [sent]


async def test_a_failed_write_is_an_error() -> None:
    """Even if the reader cannot see the reason, as with a full buffer."""
    async with opened(read_and_ignore) as (connection, _), connection as session:
        stream = session._stream
        stream._channel._transport.abort()  # type: ignore[attr-defined]
        sent = await session.append(b"x")
        assert isinstance(sent, Err)
        assert isinstance(sent.error, APIConnectionError)


def test_a_transport_is_pickled_without_its_sessions() -> None:
    """Sessions of WebSockets are left out too."""
    transport = transport_of(MistralCore("key"))
    assert transport.__getstate__()["_websocket_sessions"].__reduce__()[1] == (0, 0)


async def test_a_frame_of_bytes_is_read_as_text() -> None:
    """Some servers send JSON in binary frames."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await peer.until("input_audio.end")
        await peer.socket.send_bytes(web.json_response(DONE).body)  # type: ignore[arg-type]
        await peer.rest()

    async with opened(behave) as (connection, _), connection as session:
        await session.end()
        assert types([event async for event in session]) == ["transcription.done"]
