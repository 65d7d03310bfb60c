"""Pooled connections: a response belongs to its request, or the connection is not used."""

import asyncio
import json
import select
import socket
import ssl
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, TypeAlias

import aiohttp
import attrs
import pytest
import trustme
from aiohttp.http_writer import StreamWriter

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    MistralCore,
    Ok,
    Result,
    RetryConfig,
)
from mistral_core.transports import connections
from mistral_core.transports.aiohttp import MAX_STALE_CONNECTIONS, NOT_REPEATED
from mistral_core.transports.connections import Handler
from mistral_funcs import (
    chat_complete,
    files_upload,
    models_archive,
    models_list,
    models_retrieve,
)
from tests.client.inside import transport_of
from tests.client.raw_server import http, read_request, serving
from tests.faults import random_server
from tests.faults.fault_server import reset

Call: TypeAlias = Callable[[MistralCore, str], Awaitable[Result[Any, Failure]]]
Act: TypeAlias = Callable[[asyncio.StreamWriter], None]

ONCE = RetryConfig(strategy="none")
AUTHORITY = trustme.CA()
EMPTY_LIST = http(b'{"data":[]}')
TIMED_OUT = http(b"{}", status="408 Request Timeout")


async def chat(client: MistralCore, model: str) -> Result[Any, Failure]:
    """Send a short chat request. The test server responds with the model's name as ID."""
    return await chat_complete(client, model=model, messages=[{"role": "user", "content": "Hi"}])


async def long_chat(client: MistralCore, model: str) -> Result[Any, Failure]:
    """Send a chat request that does not fit into one write."""
    return await chat_complete(
        client, model=model, messages=[{"role": "user", "content": "Hi " * 100_000}]
    )


SHORT: dict[str, Call] = {"GET": models_retrieve, "POST": models_archive, "POST with body": chat}
CALLS = SHORT | {"POST with long body": long_chat}


def response_to(model: str) -> bytes:
    """Return the response to requests for one model."""
    return http(json.dumps({"id": model}).encode())


def model_of(request: bytes) -> str:
    """Return the model of a request."""
    head, _, body = request.partition(b"\r\n\r\n")
    if b"multipart" in head:
        return "file"
    if body:
        return str(json.loads(body)["model"])
    path = head.split()[1].decode().split("/")
    return path[-2] if path[-1] == "archive" else path[-1]


@attrs.define
class Server:
    """A server that counts its connections and the requests for each model.

    Attributes:
        url: Its URL.
        delivered: The requests that it has read, by model.
        writers: Its connections.
        at_once: What it does right after its first response.
    """

    url: str = ""
    delivered: Counter[str] = attrs.field(factory=Counter[str])
    writers: list[asyncio.StreamWriter] = attrs.field(factory=list[asyncio.StreamWriter])
    at_once: Act | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Respond to all requests on a connection."""
        self.writers.append(writer)
        try:
            while True:
                model = model_of(await read_request(reader))
                self.delivered[model] += 1
                writer.write(response_to(model))
                if self.at_once is not None:
                    act, self.at_once = self.at_once, None
                    act(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


@asynccontextmanager
async def counting(
    at_once: Act | None = None, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[Server, None]:
    """Run a counting server."""
    server = Server(at_once=at_once)
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls) as listening:
        port = listening.sockets[0].getsockname()[1]
        server.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        yield server
        for writer in server.writers:
            writer.transport.abort()


def client_of(url: str, **options: Any) -> MistralCore:
    """Return a client that makes one attempt."""
    trusting = ssl.create_default_context(cadata=AUTHORITY.cert_pem.bytes().decode())
    return MistralCore("key", server_url=url, retry_config=ONCE, ssl=trusting, **options)


def tls_of_server() -> ssl.SSLContext:
    """Return the TLS context of a server that the clients of these tests trust."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with AUTHORITY.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.tempfile() as path:
        context.load_cert_chain(path)
    return context


def handlers_of(client: MistralCore) -> list[Handler]:
    """Return the idle connections of a client in the running loop."""
    pool = transport_of(client)._sessions._by_loop[asyncio.get_running_loop()].connector._conns
    return [handler for idle in pool.values() for handler, _ in idle]


def says(data: bytes) -> Act:
    """Send unsolicited bytes."""
    return lambda writer: writer.write(data)


def closes(*last_words: bytes) -> Act:
    """Close immediately. Later data is not read, so that the kernel sends a reset."""

    def act(writer: asyncio.StreamWriter) -> None:
        for each in last_words:
            writer.write(each)
        transport: Any = writer.transport
        transport.pause_reading()
        transport.get_extra_info("socket").shutdown(socket.SHUT_WR)
        transport.abort()

    return act


ARRIVALS: dict[str, Act] = {
    "a close": closes(),
    "a reset": reset,
    "a 408": says(TIMED_OUT),
    "a 408 and a close": closes(TIMED_OUT),
    "the same response again": says(response_to("a")),
    "a response in parts": says(response_to("a")[:-2]),
    "an interim response": says(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "half of a head": says(b"HTTP/1.1 200 OK\r\nContent-"),
    "an empty line": says(b"\r\n"),
    "garbage": says(b"\x00\xff"),
}
"""Events on an idle connection."""


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("act", ARRIVALS.values(), ids=ARRIVALS)
@pytest.mark.parametrize("tls", [None, tls_of_server()], ids=["HTTP", "HTTPS"])
async def test_unsolicited_data_on_an_idle_connection_closes_it(
    tls: ssl.SSLContext | None, act: Act, call: Call
) -> None:
    """The next call uses another connection, gets its own response, and is delivered once."""
    async with counting(tls=tls) as server, client_of(server.url) as client:
        assert isinstance(await call(client, "a"), Ok)
        act(server.writers[0])
        await asyncio.sleep(0.01)
        assert not any(handler.is_connected() for handler in handlers_of(client))
        result = await call(client, "b")
    assert result.unwrap().id == "b"
    assert result.call.attempts == 1
    assert server.delivered == {"a": 1, "b": 1}
    assert len(server.writers) == 2


AT_ONCE = {name: ARRIVALS[name] for name in ("a close", "a 408", "the same response again")}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("act", AT_ONCE.values(), ids=AT_ONCE)
@pytest.mark.parametrize("tls", [None, tls_of_server()], ids=["HTTP", "HTTPS"])
async def test_unsolicited_data_after_a_response_closes_the_connection(
    tls: ssl.SSLContext | None, act: Act, call: Call
) -> None:
    """The next call checks the socket itself, because the event loop has not run yet."""
    async with counting(act, tls=tls) as server, client_of(server.url) as client:
        results = [await call(client, model) for model in "abcd"]
    assert [result.unwrap().id for result in results] == ["a", "b", "c", "d"]
    assert {result.call.attempts for result in results} == {1}
    assert set(server.delivered.values()) == {1}
    assert len(server.writers) == 2


async def test_the_socket_is_checked_without_poll(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows has only `select`."""
    monkeypatch.delattr(select, "poll")
    async with counting(closes()) as server, client_of(server.url) as client:
        results = [await chat(client, model) for model in "abc"]
    assert all(isinstance(result, Ok) for result in results)
    assert len(server.writers) == 2


# -------------------------------------------------------------------------------------------- races


Race: TypeAlias = Callable[[Server, Act], None]


def race_at(monkeypatch: pytest.MonkeyPatch, name: str) -> Race:
    """Return a function that lets a server act once, right after a method of `Handler`."""

    def prepare(server: Server, act: Act) -> None:
        method = getattr(Handler, name)

        def method_and_act(handler: Handler, *args: Any) -> Any:
            fit = method(handler, *args)
            if fit is not False:
                monkeypatch.setattr(Handler, name, method)
                act(server.writers[-1])
            return fit

        monkeypatch.setattr(Handler, name, method_and_act)

    return prepare


@pytest.fixture
def before_last_check(monkeypatch: pytest.MonkeyPatch) -> Race:
    """Let a server act after a connection was taken from the pool, before it is written to."""
    return race_at(monkeypatch, "reuse")


@pytest.fixture
def after_last_check(monkeypatch: pytest.MonkeyPatch) -> Race:
    """Let a server act after the last check of the socket, before the first byte is written."""
    return race_at(monkeypatch, "begin")


PROVEN: dict[str, Act] = {
    "a close": closes(),
    "a 408 and a close": closes(TIMED_OUT),
    "the same response again and a close": closes(response_to("a")),
    "half of a head and a close": closes(b"HTTP/1.1 200 OK\r\nContent-"),
}
"""Events that prove that a server closed before it received the request."""

UNPROVEN: dict[str, Act] = {
    "the same response again": says(response_to("a")),
    "half of the same response": says(response_to("a")[:-2]),
    "a 408": says(TIMED_OUT),
}
"""Events that do not prove whether the server received the request."""


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("act", (PROVEN | UNPROVEN).values(), ids=PROVEN | UNPROVEN)
@pytest.mark.parametrize("tls", [None, tls_of_server()], ids=["HTTP", "HTTPS"])
async def test_an_unwritten_request_is_sent_over_another_connection(
    before_last_check: Race, tls: ssl.SSLContext | None, act: Act, call: Call
) -> None:
    """The socket is checked again before the first byte is written."""
    async with counting(tls=tls) as server, client_of(server.url) as client:
        await call(client, "a")
        before_last_check(server, act)
        result = await call(client, "b")
    assert result.unwrap().id == "b"
    assert result.call.attempts == 1
    assert server.delivered == {"a": 1, "b": 1}


@pytest.mark.parametrize("parts", [[b"GET /"], [b"GET", b" /"]], ids=["write", "writelines"])
async def test_the_socket_is_checked_in_each_kind_of_write(
    parts: list[bytes],
) -> None:
    """The method depends on the version of aiohttp and the size of the body."""
    async with counting() as server, client_of(server.url) as client:
        await chat(client, "a")
        (handler,) = handlers_of(client)
        assert handler.reuse()
        transport: Any = handler.transport
        server.writers[0].write(TIMED_OUT)
        with pytest.raises(aiohttp.ClientConnectionResetError):
            transport.write(*parts) if len(parts) == 1 else transport.writelines(parts)
        assert handler.unreceived
        transport.close()


async def test_a_connection_closed_before_the_body_starts_was_not_written_to(
    before_last_check: Race,
) -> None:
    """The event loop reports the close. The body can be iterated only once."""

    async def parts() -> AsyncGenerator[bytes, None]:
        await asyncio.sleep(0.02)
        yield b"{}"

    async with counting() as server, client_of(server.url) as client:
        await chat(client, "a")
        before_last_check(server, closes())
        result = await files_upload(client, file=parts())
    # aiohttp 3.11 sends the head before the body starts, so that the upload is sent again.
    assert isinstance(result, Ok) or (
        isinstance(result.error, APIConnectionError) and not result.error.sent
    )
    assert server.delivered["a"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs the acknowledgements of Linux")
@pytest.mark.parametrize("call", SHORT.values(), ids=SHORT)
@pytest.mark.parametrize("act", PROVEN.values(), ids=PROVEN)
@pytest.mark.parametrize("tls", [None, tls_of_server()], ids=["HTTP", "HTTPS"])
async def test_a_request_that_provably_never_arrived_is_sent_again(
    after_last_check: Race, tls: ssl.SSLContext | None, act: Act, call: Call
) -> None:
    """The server closed before it received a byte, so that it is delivered once."""
    if not hasattr(StreamWriter, "send_headers") and call is chat:
        pytest.skip("this aiohttp writes head and body apart, and its second write fails")
    async with counting(tls=tls) as server, client_of(server.url) as client:
        await call(client, "a")
        after_last_check(server, act)
        result = await call(client, "b")
    assert result.unwrap().id == "b"
    assert result.call.attempts == 1
    assert server.delivered == {"a": 1, "b": 1}


@pytest.mark.parametrize("act", [*UNPROVEN.values(), reset], ids=[*UNPROVEN, "a reset"])
@pytest.mark.parametrize("tls", [None, tls_of_server()], ids=["HTTP", "HTTPS"])
async def test_a_post_that_may_have_arrived_is_not_sent_again(
    after_last_check: Race, tls: ssl.SSLContext | None, act: Act
) -> None:
    """It does not get another request's response either. A GET is sent again."""
    for name, call in SHORT.items():
        async with counting(tls=tls) as server, client_of(server.url) as client:
            await call(client, "a")
            after_last_check(server, act)
            result = await call(client, "b")
        if name == "GET":
            assert result.unwrap().id == "b"
        else:
            assert isinstance(result, Err)
            assert isinstance(result.error, APIConnectionError)
            assert result.error.sent
            assert result.error.message.endswith(NOT_REPEATED)
            assert server.delivered["b"] <= 1


@contextmanager
def in_a_thread(copies: int = 1) -> Generator[tuple[str, list[socket.socket]], None, None]:
    """Run a server that responds while the event loop is blocked. Yield its URL and connections."""
    opened: list[socket.socket] = []

    def respond(connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, connection.makefile("rb") as reader:
            for times in (1, copies):
                model = random_server.read_request(reader)
                if model is not None:
                    connection.sendall(response_to(model) * times)
            reader.read()

    def accept() -> None:
        with suppress(OSError):
            while True:
                opened.append(listening.accept()[0])
                threads.append(threading.Thread(target=respond, args=opened[-1:]))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threads = [threading.Thread(target=accept)]
        threads[0].start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}", opened
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def keep_busy(_: asyncio.StreamWriter | None = None) -> None:
    """Block the event loop until the server has responded."""
    asyncio.get_running_loop().call_soon(time.sleep, 0.05)


async def test_neither_of_two_responses_is_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both arrived while the event loop was blocked, so they cannot be told apart."""
    for name, call in CALLS.items():
        if name != "GET" and not hasattr(StreamWriter, "send_headers"):
            pytest.skip("this aiohttp writes head and body apart, and reads in between")
        with in_a_thread() as (url, opened):
            begin = Handler.begin

            def begin_and_repeat(
                handler: Handler,
                transport: asyncio.Transport,
                begin: Callable[[Handler, asyncio.Transport], None] = begin,
                opened: list[socket.socket] = opened,
            ) -> None:
                begin(handler, transport)
                monkeypatch.setattr(Handler, "begin", begin)
                opened[0].sendall(response_to("a"))
                keep_busy()

            async with client_of(url) as client:
                await call(client, "a")
                monkeypatch.setattr(Handler, "begin", begin_and_repeat)
                result = await call(client, "b")
        if name == "GET":
            assert result.unwrap().id == "b"
        else:
            assert isinstance(result, Err)
            assert "unsolicited response" in str(result.error)


@pytest.mark.skipif(sys.platform != "linux", reason="needs the packet counter of Linux")
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_the_first_of_two_responses_in_a_packet_is_accepted(call: Call) -> None:
    """Both were sent after the request had arrived."""
    with in_a_thread(copies=2) as (url, opened):
        async with client_of(url) as client:
            assert (await call(client, "a")).unwrap().id == "a"
            assert (await call(client, "b")).unwrap().id == "b"
            assert (await call(client, "c")).unwrap().id == "c"
    assert len(opened) == 2


async def test_a_server_that_closes_after_it_read_the_request_may_have_processed_it() -> None:
    """Its close acknowledges the request, so the POST is not sent again."""
    async with (
        serving(response_to("a"), b"", response_to("b")) as (url, received),
        client_of(url) as client,
    ):
        await chat(client, "a")
        result = await chat(client, "b")
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert result.error.sent
    assert len(received) == 2


UNCOUNTED: dict[str, tuple[str, object]] = {
    "another system": ("sys.platform", "darwin"),
    "not plain TCP": ("socket.SO_PROTOCOL", socket.SO_TYPE),
    "an old kernel": ("mistral_core.transports.connections.TCP_INFO", struct.Struct("=120xQ800xI")),
    "a counter that stands still": (
        "mistral_core.transports.connections.TCP_INFO",
        struct.Struct("=84xI12xI"),
    ),
}
"""Conditions without reliable acknowledgements."""


@pytest.mark.parametrize(("target", "value"), UNCOUNTED.values(), ids=UNCOUNTED)
async def test_nothing_is_proven_without_a_reliable_counter(
    after_last_check: Race,
    monkeypatch: pytest.MonkeyPatch,
    target: str,
    value: object,
) -> None:
    """A POST is not sent again then, but a GET is."""
    monkeypatch.setattr(target, value)
    async with counting() as server, client_of(server.url) as client:
        await chat(client, "a")
        after_last_check(server, closes())
        result = await chat(client, "b")
        assert isinstance(result, Err)
        assert isinstance(result.error, APIConnectionError)
        assert result.error.sent
        assert isinstance(await chat(client, "c"), Ok)
        after_last_check(server, closes())
        assert isinstance(await models_retrieve(client, "d"), Ok)
    assert server.delivered == {"a": 1, "c": 1, "d": 1}


async def test_stale_connections_are_replaced_a_limited_number_of_times() -> None:
    """A server may close every connection."""
    responses = [response_to("m")] * (MAX_STALE_CONNECTIONS + 1) + [b""] * (
        MAX_STALE_CONNECTIONS + 1
    )
    async with serving(*responses) as (url, received), client_of(url) as client:
        calls = (models_retrieve(client, "m") for _ in range(MAX_STALE_CONNECTIONS + 1))
        await asyncio.gather(*calls)
        assert isinstance(await models_retrieve(client, "m"), Err)
    assert len(received) == 2 * (MAX_STALE_CONNECTIONS + 1)


async def test_a_proxy_that_hangs_up_got_no_request() -> None:
    """It received only CONNECT, so that a POST may be retried."""
    async with serving(b"", b"") as (proxy, received):
        again = RetryConfig(initial_interval=0, max_tries=2)
        client = MistralCore("key", proxy=proxy, retry_config=again)
        result = await models_archive(client, "m")
        await client.aclose()
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert not result.error.sent
    assert [request.split()[0] for request in received] == [b"CONNECT", b"CONNECT"]


# --------------------------------------------------------------------------------------- keep-alive


@pytest.mark.parametrize(
    ("header", "idle", "connections_made"),
    [
        (None, 3.9, 1),
        (None, 4.1, 2),
        ("timeout=75", 3.9, 1),
        ("timeout=75", 4.1, 2),
        ("timeout=5, max=100", 3.9, 1),
        ("timeout=5, max=100", 4.1, 2),
        ("max=10,Timeout = 2", 1.5, 1),
        ("max=10,Timeout = 2", 1.7, 2),
        ("timeout=0", 0, 2),
        ("timeout=soon", 3.9, 1),
        ("max=5", 3.9, 1),
    ],
)
async def test_a_connection_is_kept_for_less_time_than_the_server_keeps_it(
    monkeypatch: pytest.MonkeyPatch, header: str | None, idle: float, connections_made: int
) -> None:
    """Four seconds, or four fifths of the time in its `Keep-Alive` header."""
    response = http(b'{"data":[]}', *([f"Keep-Alive: {header}"] if header else []))
    async with serving(response, response) as (url, received), client_of(url) as client:
        await models_list(client)
        now = time.monotonic()
        monkeypatch.setattr("mistral_core.transports.connections.monotonic", lambda: now + idle)
        await models_list(client)
    assert received.connections == connections_made


async def test_a_borrowed_session_uses_its_own_keep_alive() -> None:
    """The `Keep-Alive` header is ignored."""
    response = http(b'{"data":[]}', "Keep-Alive: timeout=0")
    async with (
        serving(response, response) as (url, received),
        aiohttp.ClientSession() as session,
        MistralCore("key", server_url=url, session=session) as client,
    ):
        assert isinstance(await models_list(client), Ok)
        assert isinstance(await models_list(client), Ok)
    assert received.connections == 1


async def test_tcp_keep_alive_is_on() -> None:
    """For HTTP and HTTPS: a NAT gateway drops connections that are silent while a model thinks."""
    for tls in (None, tls_of_server()):
        async with serving(EMPTY_LIST, tls=tls) as (url, _), client_of(url) as client:
            await models_list(client)
            (handler,) = handlers_of(client)
            assert handler._socket.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
            for option, value in connections.PROBES:
                assert handler._socket.getsockopt(socket.IPPROTO_TCP, option) == value
            assert len(connections.PROBES) >= 3


# ------------------------------------------------------------------------------ long response heads


LONG_HEADS = {
    "a header of 60,000 bytes": http(b'{"data":[]}', "X-Long: " + "x" * 60_000),
    "eight headers of 8,000 bytes": http(
        b'{"data":[]}', *(f"X-{n}: {'x' * 8_000}" for n in "1" * 8)
    ),
    "a reason of 9,000 bytes": http(b'{"data":[]}', status="200 " + "O" * 9_000),
}


@pytest.mark.parametrize("response", LONG_HEADS.values(), ids=LONG_HEADS)
async def test_a_head_of_64_kib_is_accepted(response: bytes) -> None:
    """Over the client's own sessions and over borrowed ones."""
    async with serving(response, response) as (url, _), aiohttp.ClientSession() as session:
        async with MistralCore("key", server_url=url, session=session) as client:
            assert isinstance(await models_list(client), Ok)
        async with client_of(url) as client:
            assert isinstance(await models_list(client), Ok)


async def test_names_are_resolved_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if aiohttp would prefer `aiodns` where it is installed."""
    monkeypatch.setattr("aiohttp.connector.DefaultResolver", None)
    async with (
        serving(EMPTY_LIST) as (url, _),
        client_of(url.replace("127.0.0.1", "localhost")) as client,
    ):
        assert isinstance(await models_list(client), Ok)
