"""Misbehaving servers: each has the right error, in time, after the received events."""

import asyncio
import time
from typing import Any

import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    HTTPValidationError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    ResponseValidationError,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_funcs import audio_transcriptions_realtime
from mistral_funcs.schemas import TranscriptionStreamTextDelta
from tests.client.raw_server import serving
from tests.realtime.socket_server import (
    CREATED,
    DONE,
    Behaviour,
    Peer,
    Refusal,
    Reply,
    delta,
    socket_server,
)

KEY = "key-of-the-test"
PART = "What came before."


def error(message: object, code: int | None = None) -> dict[str, object]:
    """Return an error event."""
    return {"type": "error", "error": {"message": message, "code": code}}


def greets_with(*messages: dict[str, object] | str) -> Behaviour:
    """Send this instead of a greeting."""

    async def behave(peer: Peer) -> None:
        await peer.send(*messages)
        await peer.rest()

    return behave


def closes(code: int, reason: str = "", *, greet: bool = True) -> Behaviour:
    """Close with a code and a reason, later or before the greeting."""

    async def behave(peer: Peer) -> None:
        if greet:
            await peer.send(CREATED, delta(PART))
            await peer.receive()
        await peer.socket.close(code=code, message=reason.encode())

    return behave


def sends(*messages: dict[str, object] | str) -> Behaviour:
    """Send this after the greeting."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED, delta(PART))
        await peer.receive()
        await peer.send(*messages)
        await peer.rest()

    return behave


async def never_greets(peer: Peer) -> None:
    """Open the WebSocket, and send nothing."""
    await peer.rest()


async def greets_and_freezes(peer: Peer) -> None:
    """Read nothing and reply to no ping, as on a half-open connection."""
    await peer.send(CREATED, delta(PART))
    await asyncio.sleep(60)


async def never_ends(peer: Peer) -> None:
    """Read everything and reply to pings, but send no transcript."""
    await peer.send(CREATED, delta(PART))
    await peer.rest()


async def breaks(peer: Peer) -> None:
    """Break the connection after the greeting."""
    await peer.send(CREATED, delta(PART))
    await peer.receive()
    peer.cut()


async def sends_binary(peer: Peer) -> None:
    """Send a binary message that is not JSON."""
    await peer.send(CREATED, delta(PART))
    await peer.socket.send_bytes(b"\xff\xfe\x00")
    await peer.rest()


async def sends_invalid_frame(peer: Peer) -> None:
    """Send bytes that are no frame of the protocol."""
    await peer.send(CREATED, delta(PART))
    await peer.receive()
    assert peer.request.transport is not None
    peer.request.transport.write(b"\x7f\x7fHTTP/1.1 500 Oops\r\n\r\n")
    await asyncio.sleep(1)


async def echoes_the_key(peer: Peer) -> None:
    """Report an error that contains the key."""
    await peer.send(CREATED, delta(PART))
    await peer.send(error(f"Bad header {peer.request.headers['authorization']}", 400))
    await peer.rest()


@attrs.frozen
class Case:
    """A behavior of the server, and the expected error.

    Attributes:
        behavior: What the server does.
        error: The class of the error.
        message: A part of its message.
        opening: Whether it is the result of opening, rather than the last item.
        fields: Other fields of the error.
    """

    behavior: Reply
    error: type[Failure]
    message: str
    opening: bool = False
    fields: dict[str, object] = attrs.field(factory=dict[str, object])


CASES = {
    # before the session is created
    "never greets": Case(
        never_greets,
        RequestTimeoutError,
        "was silent for 0.5 s",
        opening=True,
        fields={"phase": "read"},
    ),
    "opens with an error": Case(
        greets_with(error("Too many sessions", 429)),
        SDKError,
        "Too many sessions",
        opening=True,
        fields={"status": 429, "retryable": True},
    ),
    "opens with an error whose message is an object": Case(
        greets_with(error({"detail": "No such model"}, 404)),
        SDKError,
        "No such model",
        opening=True,
        fields={"status": 404},
    ),
    "opens with an error that is plain text": Case(
        greets_with({"type": "error", "error": "Out of order"}),
        SDKError,
        "Out of order",
        opening=True,
        fields={"status": 101},
    ),
    "opens with an error in no known shape": Case(
        greets_with({"type": "error", "reason": "x"}),
        SDKError,
        "x",
        opening=True,
        fields={"status": 101},
    ),
    "opens with a code that is no HTTP status": Case(
        greets_with(error("Odd", 3001)), SDKError, "Odd", opening=True, fields={"status": 101}
    ),
    "opens with a validation error": Case(
        greets_with(error({"detail": [{"loc": ["model"], "msg": "Bad"}]}, 422)),
        HTTPValidationError,
        "model: Bad",
        opening=True,
    ),
    "greets with junk": Case(
        greets_with("Hello!"), ResponseValidationError, "got: Hello!", opening=True
    ),
    "greets with another event": Case(
        greets_with(delta("x")), ResponseValidationError, "Expected `session.created`", opening=True
    ),
    "greets with an unknown event": Case(
        greets_with({"type": "x"}),
        ResponseValidationError,
        "Expected `session.created`",
        opening=True,
    ),
    "refuses with a reason before the greeting": Case(
        closes(1008, "Unknown voice", greet=False),
        APIConnectionError,
        "closed the connection with code 1008: Unknown voice",
        opening=True,
        fields={"retryable": False},
    ),
    "goes away before the greeting": Case(
        closes(1001, greet=False),
        APIConnectionError,
        "with code 1001",
        opening=True,
        fields={"retryable": True},
    ),
    # refused handshakes
    "refuses the key": Case(
        Refusal(401, {"detail": "Unauthorized"}),
        SDKError,
        "Unauthorized",
        opening=True,
        fields={"status": 401},
    ),
    "is overloaded": Case(
        Refusal(503, {"message": "Busy"}, {"Retry-After": "7"}),
        SDKError,
        "Busy",
        opening=True,
        fields={"status": 503, "retryable": True},
    ),
    "knows no WebSockets": Case(
        Refusal(200, {"data": []}), ResponseValidationError, "Expected a WebSocket", opening=True
    ),
    "redirects elsewhere": Case(
        Refusal(307, None, {"Location": "https://other.example/"}),
        SDKError,
        "redirects to https://other.example/",
        opening=True,
        fields={"status": 307},
    ),
    # after the greeting
    "falls silent, and replies to no ping": Case(
        greets_and_freezes, RequestTimeoutError, "was silent for 0.5 s", fields={"phase": "read"}
    ),
    "falls silent after the end of the audio": Case(
        never_ends,
        RequestTimeoutError,
        "No message within 1 s of the end of the input",
        fields={"phase": "deadline"},
    ),
    "closes with 1000 before the end": Case(
        closes(1000), APIConnectionError, "before `transcription.done`", fields={"retryable": True}
    ),
    "goes away": Case(closes(1001), APIConnectionError, "with code 1001"),
    "closes for an internal error": Case(
        closes(1011, "It broke"), APIConnectionError, "1011: It broke", fields={"retryable": True}
    ),
    "refuses with a reason": Case(
        closes(1008, "Unknown voice"),
        APIConnectionError,
        "closed the connection with code 1008: Unknown voice",
        fields={"retryable": False},
    ),
    "refuses with a private code": Case(
        closes(4401, "No"), APIConnectionError, "with code 4401: No", fields={"retryable": False}
    ),
    "breaks the connection": Case(breaks, APIConnectionError, "broke"),
    "sends an error": Case(
        sends(error("Too loud", 400)), SDKError, "Too loud", fields={"status": 400}
    ),
    "sends an error that is plain text": Case(
        sends({"type": "error", "error": "Out of order"}), SDKError, "Out of order"
    ),
    "sends junk": Case(sends("Whoops"), ResponseValidationError, "got: Whoops"),
    "sends no object": Case(sends("[1]"), ResponseValidationError, "Expected a JSON object"),
    "sends an object without a type": Case(sends("{}"), ResponseValidationError, "Invalid event"),
    "sends binary data": Case(sends_binary, ResponseValidationError, "Expected a JSON object"),
    "sends an invalid frame": Case(
        sends_invalid_frame, APIConnectionError, "sent an invalid WebSocket message"
    ),
    "sends a message above the limit": Case(
        sends(delta("x" * 2**20)), APIConnectionError, "exceeds limit"
    ),
    "shows the key": Case(echoes_the_key, SDKError, "Bad header Bearer ***"),
}


async def outcome(url: str) -> tuple[bool, list[Any]]:
    """Use a session as a caller would. Return whether it opened, and all results."""
    async with MistralCore(
        KEY,
        server_url=url,
        timeout=Timeout(read=0.5, deadline=1),
        retry_config=RetryConfig(strategy="none"),
        max_response_bytes=2**19,
    ) as client:
        opened = await audio_transcriptions_realtime(client, model="m")
        if isinstance(opened, Err):
            return False, [opened]
        async with opened.value as session:
            await session.append(bytes(1000))
            await session.end()
            return True, [event async for event in session]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_misbehaving_server_is_one_error(case: Case) -> None:
    """Within the time limits, after the received events, and without the key."""
    async with socket_server(case.behavior) as (url, seen):
        started = time.monotonic()
        opened, results = await outcome(url)
        assert time.monotonic() - started < 4
        *before, failed = results
        if case.behavior is not greets_and_freezes:
            await seen.closed()
    assert opened != case.opening
    failure: Any = failed.error
    assert failed == Err(failure)
    assert isinstance(failure, case.error), failure
    assert case.message in failure.message
    assert {name: getattr(failure, name) for name in case.fields} == case.fields
    assert KEY not in f"{failure!r} {failure}"
    if opened:
        (event,) = before
        assert event == Ok(TranscriptionStreamTextDelta(text=PART))


RAW = {
    "a wrong key of the protocol": (
        b"HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        "invalid HTTP response",
    ),
    "another protocol": (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
        "invalid HTTP response",
    ),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n\r\n", "invalid HTTP response"),
    "an end": (b"", "broke"),
}


@pytest.mark.parametrize(("response", "message"), RAW.values(), ids=RAW)
async def test_an_invalid_handshake_is_an_error(response: bytes, message: str) -> None:
    """The caller sees neither aiohttp's error nor the key."""
    async with serving(response) as (url, _):
        _, (result,) = await outcome(url)
    assert isinstance(result.error, APIConnectionError)
    assert message in result.error.message
    assert result.error.__cause__ is None
    assert KEY not in repr(result)


async def test_an_unreachable_server_is_an_error() -> None:
    """Nothing was sent."""
    async with socket_server(never_greets) as (url, _):
        pass
    _, (result,) = await outcome(url)
    assert isinstance(result.error, APIConnectionError)
    assert (result.error.sent, result.error.retryable) == (False, True)


async def test_the_server_may_close_after_the_last_event() -> None:
    """Its close code is no error then."""

    async def behave(peer: Peer) -> None:
        await peer.send(CREATED)
        await peer.until("input_audio.flush")
        await peer.send(DONE)
        await peer.socket.close(code=1001)

    async with socket_server(behave) as (url, _), MistralCore(KEY, server_url=url) as client:
        opened = await audio_transcriptions_realtime(client, model="m")
        async with opened.unwrap() as session:
            await session.append(b"abc")
            await session.flush()
            (done,) = [event async for event in session]
        assert isinstance(done, Ok)
