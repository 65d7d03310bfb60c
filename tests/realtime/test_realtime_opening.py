"""Opening sessions: keys, headers, retries, paths, TLS and proxies, as in any other call."""

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
import trustme

from mistral_core import (
    APIConnectionError,
    Attempt,
    Err,
    Failure,
    Hooks,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_funcs import audio_speech_realtime, audio_transcriptions_realtime, models_list
from mistral_funcs.sandbox import Sandbox
from tests.faults.test_tls_and_proxies import AUTHORITY, proxy, server_side, trusting
from tests.realtime.socket_server import CREATED, Peer, Refusal, socket_server, transcribes

AT_ONCE = RetryConfig(initial_interval=0)
BUSY = Refusal(503, {"message": "Busy"}, {"Retry-After": "0"})


async def transcript(client: MistralCore, **options: Any) -> list[str]:
    """Transcribe some audio, and return the types of all events."""
    opened = await audio_transcriptions_realtime(client, model="m", **options)
    async with opened.unwrap() as session:
        await session.append(bytes(10))
        await session.end()
        return [event.unwrap().type for event in [each async for each in session]]


EVENTS = ["transcription.text.delta", "transcription.done"]


async def test_nothing_is_sent_before_the_session_is_created() -> None:
    """The settings are the first message after that."""
    early: list[object] = []

    async def behave(peer: Peer) -> None:
        try:
            early.append(await peer.socket.receive(timeout=0.1))
        except TimeoutError:
            await peer.send(CREATED)
        await peer.rest()

    async with socket_server(behave) as (url, seen), MistralCore("key", server_url=url) as client:
        opened = await audio_transcriptions_realtime(client, model="m", language="fr", diarize=None)
        assert (opened.call.status, opened.call.attempts) == (101, 1)
        async with opened.unwrap() as session:
            assert session.session.request_id == "request-1"
            await session.append(b"abc")
        await seen.closed()
    assert early == []
    assert seen.messages == [
        {"type": "session.update", "session": {"language": "fr", "diarize": None}},
        {"type": "input_audio.append", "audio": "YWJj"},
    ]


@pytest.mark.parametrize("key", [None, " ", "'\"", lambda: " "], ids=["none", "blank", "odd", "f"])
async def test_an_invalid_key_opens_no_socket(key: str | Callable[[], str]) -> None:
    """The error precedes the connection."""
    async with (
        socket_server(transcribes) as (url, seen),
        MistralCore(key, server_url=url) as client,
    ):
        opened = await audio_transcriptions_realtime(client, model="m")
    assert isinstance(opened, Err)
    assert isinstance(opened.error, InvalidRequestError)
    assert opened.error.param == "api_key"
    assert seen.handshakes == []


async def test_the_handshake_is_like_any_other_request() -> None:
    """Key, headers, user agent, path of the server, and the model in the query."""
    async with (
        socket_server(transcribes) as (url, seen),
        MistralCore("key", server_url=f"{url}/gateway/v1", headers={"X-Team": "a"}) as client,
    ):
        options = RequestOptions(headers={"X-Call": "b"})
        opened = await audio_transcriptions_realtime(client, model="m/1 é", options=options)
        async with opened.unwrap():
            pass
    (handshake,) = seen.handshakes
    assert handshake.raw_path == ("/gateway/v1/audio/transcriptions/realtime?model=m%2F1%20%C3%A9")
    assert handshake.headers["Authorization"] == "Bearer key"
    assert handshake.headers["User-Agent"].startswith("mistral-funcs/")
    assert (handshake.headers["X-Team"], handshake.headers["X-Call"]) == ("a", "b")


async def test_a_custom_server_has_another_path_and_needs_no_key() -> None:
    """An empty key is not sent."""
    async with socket_server(transcribes) as (url, seen), MistralCore("") as client:
        options = RequestOptions(server_url=url)
        assert await transcript(client, path="/v1/realtime", options=options) == EVENTS
    assert seen.handshakes[0].raw_path == "/v1/realtime?model=m"
    assert "Authorization" not in seen.handshakes[0].headers


@pytest.mark.parametrize(
    ("arguments", "param"),
    [
        ({"path": "v1/realtime"}, "path"),
        ({"path": "/v1/../realtime"}, "path"),
        ({"path": "/v1?x=1"}, "path"),
        ({"path": "/v1/{model}"}, "path"),
        ({"context_bias": [object()]}, None),
    ],
)
async def test_invalid_arguments_open_no_socket(
    arguments: dict[str, Any], param: str | None
) -> None:
    """They are an error of the call."""
    async with (
        socket_server(transcribes) as (url, seen),
        MistralCore("k", server_url=url) as client,
    ):
        opened = await audio_transcriptions_realtime(client, model="m", **arguments)
    assert isinstance(opened, Err)
    assert isinstance(opened.error, InvalidRequestError)
    assert opened.error.param == param
    assert seen.handshakes == []


async def test_a_handshake_is_retried_with_a_new_key() -> None:
    """After a temporary refusal, an error instead of a greeting, and a lost connection."""
    keys = iter("abcd")

    async def error(peer: Peer) -> None:
        await peer.send({"type": "error", "error": {"message": "Too many", "code": 429}})

    async def goes_away(peer: Peer) -> None:
        peer.cut()

    async with (
        socket_server(BUSY, error, goes_away, transcribes) as (url, seen),
        MistralCore(lambda: next(keys), server_url=url, retry_config=AT_ONCE) as client,
    ):
        opened = await audio_transcriptions_realtime(client, model="m")
        assert opened.call.attempts == 4
        async with opened.unwrap():
            pass
        await seen.closed()
    assert [each.headers["Authorization"] for each in seen.handshakes] == [
        *("Bearer a", "Bearer b", "Bearer c", "Bearer d")
    ]


async def test_a_refusal_has_the_message_of_the_server() -> None:
    """With status, headers and `Retry-After`."""
    async with socket_server(BUSY) as (url, _), MistralCore("k", server_url=url) as client:
        options = RequestOptions(retries=RetryConfig(strategy="none"))
        opened = await audio_speech_realtime(client, model="m", options=options)
    assert isinstance(opened, Err)
    assert isinstance(opened.error, SDKError)
    assert (opened.error.message, opened.error.status) == ("Busy", 503)
    assert opened.error.headers["retry-after"] == "0"
    assert opened.call.status == 503


async def test_hooks_see_the_handshake() -> None:
    """With its response."""
    attempts: list[Attempt] = []
    async with (
        socket_server(BUSY, transcribes) as (url, _),
        MistralCore(
            "k", server_url=url, retry_config=AT_ONCE, hooks=Hooks(after_response=attempts.append)
        ) as client,
    ):
        assert await transcript(client) == EVENTS
    assert [getattr(each.outcome, "status", None) for each in attempts] == [503, 101]


async def test_wss_with_a_custom_authority() -> None:
    """Accepted if the TLS context trusts it, otherwise refused."""
    tls = server_side(AUTHORITY.issue_cert("127.0.0.1"))
    async with socket_server(transcribes, tls=tls) as (url, _):
        async with MistralCore("k", server_url=url, ssl=trusting()) as client:
            assert await transcript(client) == EVENTS
        async with MistralCore("k", server_url=url, ssl=other_authority()) as client:
            opened = await audio_transcriptions_realtime(client, model="m")
    assert isinstance(opened, Err)
    assert isinstance(opened.error, APIConnectionError)
    assert "No secure connection" in opened.error.message


def other_authority() -> Any:
    """Return the TLS context of a client that trusts another authority."""
    context = trusting().__class__(trusting().protocol)
    context.load_verify_locations(cadata=trustme.CA().cert_pem.bytes().decode())
    return context


async def test_wss_goes_through_a_proxy() -> None:
    """In a tunnel, like other calls."""
    tls = server_side(AUTHORITY.issue_cert("127.0.0.1"))
    async with (
        socket_server(transcribes, tls=tls) as (url, _),
        proxy() as (address, tunnels),
        MistralCore("k", server_url=url, ssl=trusting(), proxy=f"http://{address}") as client,
    ):
        assert await transcript(client) == EVENTS
    assert len(tunnels) == 1
    assert tunnels[0].startswith(b"CONNECT 127.0.0.1:")


async def test_a_borrowed_session_serves_websockets_too() -> None:
    """It stays open, and its `request` is not modified."""
    async with (
        socket_server(transcribes) as (url, _),
        aiohttp.ClientSession() as borrowed,
        MistralCore("k", server_url=url, session=borrowed) as client,
    ):
        assert await transcript(client) == EVENTS
        assert not borrowed.closed
        assert "request" not in vars(borrowed)


async def test_sessions_do_not_occupy_the_connection_pool() -> None:
    """They have their own connections, beyond `max_connections`."""
    sandbox = Sandbox()
    async with (
        sandbox.serve() as url,
        MistralCore(sandbox.api_key, server_url=url, max_connections=1) as client,
    ):
        first = await audio_transcriptions_realtime(client, model="voxtral-mini-latest")
        second = await audio_transcriptions_realtime(client, model="voxtral-mini-latest")
        async with first.unwrap(), second.unwrap():
            assert isinstance(await models_list(client), Ok)


@pytest.mark.parametrize("limit", [{"total": 0.2}, {"deadline": 0.2}, {"read": 0.2}])
async def test_opening_is_limited_by_each_timeout(limit: dict[str, float]) -> None:
    """Including the greeting. The socket is closed if it does not arrive."""

    async def never_greets(peer: Peer) -> None:
        await peer.rest()

    async with (
        socket_server(never_greets) as (url, seen),
        MistralCore("k", server_url=url) as client,
    ):
        timeout = RequestOptions(timeout=Timeout(**limit), retries=RetryConfig(strategy="none"))
        opened = await audio_transcriptions_realtime(client, model="m", options=timeout)
        assert isinstance(opened, Err)
        assert [getattr(opened.error, "phase", None)] == [*limit]
        await seen.closed()


async def test_a_cancelled_handshake_leaves_no_socket_and_no_task() -> None:
    """While the server is silent, before or after the upgrade."""

    async def never_greets(peer: Peer) -> None:
        await peer.rest()

    async with (
        socket_server(never_greets) as (url, seen),
        MistralCore("k", server_url=url) as client,
    ):
        before = asyncio.all_tasks()
        opening = asyncio.create_task(audio_transcriptions_realtime(client, model="m"))
        while not seen.open:  # noqa: ASYNC110 - the server counts
            await asyncio.sleep(0.005)
        opening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await opening
        await seen.closed()
        assert client_tasks(before) == set()


def client_tasks(before: set[asyncio.Task[Any]]) -> set[str]:
    """Return the coroutines of new tasks, without the server's."""
    new = [str(task.get_coro()) for task in asyncio.all_tasks() - before]
    return {name for name in new if "RequestHandler" not in name}


async def test_an_unentered_session_is_closed_with_a_warning() -> None:
    """Like an unread stream."""
    async with (
        socket_server(transcribes) as (url, seen),
        MistralCore("k", server_url=url) as client,
    ):
        opened = await audio_transcriptions_realtime(client, model="m")
        assert isinstance(opened, Ok)
        with pytest.warns(ResourceWarning, match="a WebSocket was not closed"):  # noqa: PT031
            del opened
            gc.collect()
        await seen.closed()


async def test_a_session_is_entered_once() -> None:
    """A second time is a programming error."""
    async with socket_server(transcribes) as (url, _), MistralCore("k", server_url=url) as client:
        opened = (await audio_transcriptions_realtime(client, model="m")).unwrap()
        async with opened:
            pass
        with pytest.raises(RuntimeError, match="only be entered once"):
            await opened.__aenter__()


async def test_a_transport_without_websockets_is_an_error() -> None:
    """Such as a scripted one."""
    client = MistralCore(transport=ScriptedTransport(json_response({})))
    opened = await audio_speech_realtime(client, model="m")
    assert isinstance(opened, Err)
    failure: Failure = opened.error
    assert failure.message == "Expected a WebSocket, got a complete response"


async def test_a_closed_client_opens_nothing() -> None:
    """The error says so."""
    client = MistralCore("k")
    await client.aclose()
    opened = await audio_speech_realtime(client, model="m")
    assert isinstance(opened, Err)
    assert "client is closed" in opened.error.message
