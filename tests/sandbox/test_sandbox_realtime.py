"""Realtime sessions of the sandbox, in process and over HTTP."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    HTTPValidationError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    Response,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_funcs import audio_speech_realtime, audio_transcriptions_realtime
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.sandbox.behaviors.sound import hear, say

EAR, VOICE = "voxtral-mini-latest", "voxtral-mini-tts-latest"
ONCE = RetryConfig(strategy="none")


@asynccontextmanager
async def client_of(sandbox: Sandbox, kind: str) -> AsyncGenerator[MistralCore, None]:
    """Yield a client of a sandbox, in process or over HTTP."""
    timeout = Timeout(read=2, deadline=0.5)
    if kind == "in process":
        yield MistralCore(transport=sandbox, timeout=timeout, retry_config=ONCE)
        return
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url, timeout=timeout, retry_config=ONCE) as client,
    ):
        yield client


@pytest.fixture(params=["in process", "over HTTP"])
async def served(request: pytest.FixtureRequest) -> AsyncIterator[tuple[MistralCore, Sandbox]]:
    """Return a client and its sandbox."""
    sandbox = Sandbox()
    async with client_of(sandbox, request.param) as client:
        yield client, sandbox


def types(events: list[Any]) -> list[str]:
    """Return the types of events."""
    return [event.unwrap().type for event in events]


async def test_audio_is_transcribed(served: tuple[MistralCore, Sandbox]) -> None:
    """Up to each flush, and completely at the end. The settings are reported."""
    client, _ = served
    opened = await audio_transcriptions_realtime(
        client,
        model=EAR,
        language="fr",
        diarize=True,
        speaker_references={"Ann": "YQ=="},
        turn_detection={"min_silence_ms": 100},
        audio_format={"encoding": "pcm_mulaw", "sample_rate": 8000},
    )
    assert (opened.call.request_id or "").startswith("sandbox-")
    async with opened.unwrap() as session:
        assert session.session.model == EAR
        await session.append(say("Hello you.", "pcm"))
        await session.flush()
        await session.flush()
        first = [await anext(session) for _ in range(7)]
        assert session.session.speaker_references == ["Ann"]
        await session.append(say("Bye.", "pcm") + bytes(100_000))
        await session.end()
        rest = [event async for event in session]
    assert types(first) == [
        "session.updated", "turn.start", "transcription.language", "transcription.text.delta",
        "transcription.text.delta", "transcription.segment", "turn.end",
    ]  # fmt: skip
    assert types(rest) == [
        "turn.start", "transcription.text.delta", "transcription.segment", "turn.end",
        "transcription.done",
    ]  # fmt: skip
    done = rest[-1].unwrap()
    assert (done.text, done.language) == ("Hello you. Bye.", "fr")  # type: ignore[union-attr]


async def test_text_is_spoken(served: tuple[MistralCore, Sandbox]) -> None:
    """The speech can be transcribed again."""
    client, _ = served
    opened = await audio_speech_realtime(
        client, model=VOICE, voice="en_us_paul", ref_audio="YQ==", response_format="wav"
    )
    async with opened.unwrap() as session:
        await session.update(expressiveness=2)
        await session.append("Hello ")
        await session.flush("you.")
        await session.flush()
        await session.end()
        events = [event async for event in session]
    assert types(events)[0] == "session.updated"
    assert session.session.voice == "en_us_paul"
    assert session.session.is_ref_audio
    assert types(events)[-1] == "speech.audio.done"
    audio = b"".join(getattr(event.unwrap(), "audio", b"") for event in events)
    assert hear(audio) == "Hello you."


async def test_without_an_end_there_is_no_final_text(served: tuple[MistralCore, Sandbox]) -> None:
    """The sandbox waits, as the API does."""
    client, _ = served
    opened = await audio_transcriptions_realtime(client, model=EAR)
    async with opened.unwrap() as session:
        await session.append(say("Hello", "pcm"))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(session), 0.1)


async def test_an_unknown_voice_is_refused_with_a_reason(
    served: tuple[MistralCore, Sandbox],
) -> None:
    """In the close frame."""
    client, _ = served
    opened = await audio_speech_realtime(client, model=VOICE, voice="nobody")
    async with opened.unwrap() as session:
        (last,) = [event async for event in session]
        assert isinstance(await session.append("x"), Err)
    assert isinstance(last, Err)
    assert isinstance(last.error, APIConnectionError)
    assert "with code 1008: No voice matches 'nobody'" in last.error.message


TRANSCRIPTION_FAULTS: dict[str, tuple[list[dict[str, object]], str]] = {
    "update after audio": (
        [
            {"type": "input_audio.append", "audio": "YQ=="},
            {"type": "session.update", "session": {"language": "fr"}},
        ],
        "cannot be updated once audio has been sent",
    ),
    "update of nothing": ([{"type": "session.update"}], "must be an object"),
    "unknown setting": ([{"type": "session.update", "session": {"x": 1}}], "not contain 'x'"),
    "invalid setting": (
        [{"type": "session.update", "session": {"diarize": "maybe"}}],
        "`session` is invalid",
    ),
    "no base64": ([{"type": "input_audio.append", "audio": "?"}], "must be base64"),
    "no audio": ([{"type": "input_audio.append"}], "must be base64"),
    "too much audio": (
        [{"type": "input_audio.append", "audio": "A" * 349_532}],
        "more than 262144 bytes",
    ),
    "unknown type": ([{"type": "x"}], "Unknown message type: 'x'"),
}
SPEECH_FAULTS: dict[str, tuple[list[dict[str, object]], str]] = {
    "no text": ([{"type": "input_text.append", "text": 1}], "`text` must be a string"),
    "unknown format": (
        [{"type": "session.update", "session": {"response_format": "midi"}}],
        "`response_format` must be one of",
    ),
    "no recording": ([{"type": "session.update", "session": {"ref_audio": "?"}}], "not base64"),
    "unknown type": ([{"type": "x"}], "Unknown message type: 'x'"),
}


@pytest.mark.parametrize(
    ("is_speech", "messages", "complaint"),
    [
        *((False, *each) for each in TRANSCRIPTION_FAULTS.values()),
        *((True, *each) for each in SPEECH_FAULTS.values()),
    ],
    ids=[*TRANSCRIPTION_FAULTS, *(f"{each} to speak" for each in SPEECH_FAULTS)],
)
async def test_messages_that_the_api_refuses_are_an_error(
    served: tuple[MistralCore, Sandbox],
    messages: list[dict[str, object]],
    complaint: str,
    *,
    is_speech: bool,
) -> None:
    """They receive an `error` event, and the session ends."""
    client, _ = served
    opened: Any = (
        await audio_speech_realtime(client, model=VOICE)
        if is_speech
        else await audio_transcriptions_realtime(client, model=EAR)
    )
    async with opened.unwrap() as session:
        for each in messages:
            await session._stream.send(each)
        *_, last = [event async for event in session]
    failure: Any = last.error
    assert last == Err(failure)
    assert isinstance(failure, SDKError | HTTPValidationError)
    assert complaint in failure.message


@pytest.mark.parametrize("is_speech", [False, True])
async def test_messages_after_the_end_are_refused(is_speech: bool) -> None:  # noqa: FBT001
    """The client of this package sends none."""
    sandbox = Sandbox()
    kind, model = ("speech", VOICE) if is_speech else ("transcriptions", EAR)
    end = "input_text.end" if is_speech else "input_audio.end"
    async with sandbox.serve() as url, aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {sandbox.api_key}"}
        target = f"{url}/v1/audio/{kind}/realtime?model={model}"
        async with session.ws_connect(target, headers=headers) as socket:
            assert (await socket.receive_json())["type"] == "session.created"
            await socket.send_json({"type": end})
            assert (await socket.receive_json())["type"].endswith(".done")
            await socket.send_json({"type": end})
            assert "has ended" in (await socket.receive_json())["error"]["message"]
            assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        async with session.ws_connect(target, headers=headers) as socket:
            await socket.receive_json()
            await socket.send_bytes(b"ignored")
            await socket.send_str("no JSON")
            error = await socket.receive_json()
            assert error["error"]["message"] == "A message must be a JSON object"


async def test_handshakes_are_refused_as_requests_are(served: tuple[MistralCore, Sandbox]) -> None:
    """For a wrong key, an unsuitable model, a missing model, or another path."""
    client, sandbox = served
    refused = [
        await audio_transcriptions_realtime(client, model=VOICE),
        await audio_transcriptions_realtime(client, model=""),
        await audio_transcriptions_realtime(client, model=EAR, path="/v1/realtime"),
    ]
    sandbox.api_key = "another"
    if client.__repr__().endswith("mistral.ai>"):
        client = MistralCore("wrong", transport=sandbox)
    refused.append(await audio_transcriptions_realtime(client, model=EAR))
    statuses = [each.error.status for each in refused if isinstance(each, Err)]  # type: ignore[union-attr]
    assert statuses == [400, 422, 404, 401]


FAULTS: dict[str, tuple[Any, str]] = {
    "a status": (503, "Service Unavailable"),
    "a response": (Response(200, body=b"no JSON"), "Expected a JSON object"),
    "a lost connection": (APIConnectionError("It broke"), "broke"),
    "silence": (RequestTimeoutError("It was silent", "read"), "ilent"),
}


@pytest.mark.parametrize(("fault", "message"), FAULTS.values(), ids=FAULTS)
async def test_a_session_fails_on_demand(
    served: tuple[MistralCore, Sandbox], fault: Any, message: str
) -> None:
    """After a number of events."""
    client, sandbox = served
    sandbox.fail(fault, after=1)
    opened = await audio_transcriptions_realtime(client, model=EAR)
    async with opened.unwrap() as session:
        await session.append(say("Hello you", "pcm"))
        await session.end()
        first, last = [event async for event in session]
    assert isinstance(first, Ok)
    assert isinstance(last, Err)
    if not isinstance(fault, RequestTimeoutError):
        assert message in last.error.message


async def test_a_handshake_fails_on_demand(served: tuple[MistralCore, Sandbox]) -> None:
    """Like any request."""
    client, sandbox = served
    sandbox.fail(503)
    opened = await audio_transcriptions_realtime(client, model=EAR)
    assert isinstance(opened, Err)
    assert getattr(opened.error, "status", None) == 503
