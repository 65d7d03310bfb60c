"""The aiohttp transport: real HTTP and TLS over loopback, with real failures."""

import asyncio
import ssl
import subprocess
import sys
import textwrap
import threading
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any, Self, final

import aiohttp
import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    Failure,
    Headers,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestOptions,
    RequestTimeoutError,
    ResponseValidationError,
    Result,
    RetryConfig,
    SDKError,
    Timeout,
)
from mistral_core.transports.complete_body import read_body
from mistral_funcs import models_archive, models_list
from mistral_funcs.sandbox import Sandbox
from mistral_funcs.schemas import ModelList
from tests.client.raw_server import http, serving

ONCE = RetryConfig(strategy="none")
AT_ONCE = RetryConfig(initial_interval=0, max_tries=3)
EMPTY_LIST = http(b'{"data":[]}', "Content-Type: application/json")
MODELS = len(Sandbox().state.models)


async def list_from(
    url: str,
    *,
    timeout: Timeout | float = 5,  # noqa: ASYNC109
    retry_config: RetryConfig = ONCE,
    ssl_context: ssl.SSLContext | bool = True,
    proxy: str | None = None,
) -> Result[ModelList, Failure]:
    """List models with a new client."""
    async with MistralCore(
        "key",
        server_url=url,
        timeout=timeout,
        retry_config=retry_config,
        ssl=ssl_context,
        proxy=proxy,
    ) as client:
        return await models_list(client)


def failure(result: Result[ModelList, Failure]) -> Failure:
    """Return the error of a failed result."""
    assert isinstance(result, Err)
    return result.error


async def test_a_response_has_status_headers_and_body() -> None:
    """They are on the result."""
    response = http(b'{"data":[]}', "X-Kong-Request-Id: r-1", status="201 Created")
    async with serving(response) as (url, _):
        result = await list_from(url)
    assert result == Ok(ModelList())
    assert (result.call.status, result.call.request_id, result.call.attempts) == (201, "r-1", 1)
    assert result.call.elapsed > 0


async def test_a_path_in_the_server_url_is_kept() -> None:
    """A gateway may serve the API below a prefix."""
    async with serving(EMPTY_LIST) as (url, received):
        await list_from(f"{url}/gateway/mistral/")
    assert received[0].startswith(b"GET /gateway/mistral/v1/models HTTP/1.1\r\n")


async def test_a_refused_connection_was_not_sent() -> None:
    """The error names the server, and is retryable."""
    async with serving() as (url, _):
        pass
    error = failure(await list_from(url))
    assert isinstance(error, APIConnectionError)
    assert not error.sent
    assert error.retryable
    assert url.removeprefix("http://") in error.message
    assert isinstance(error.__cause__, ConnectionRefusedError)


@pytest.mark.parametrize(
    ("response", "message"),
    [
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "sent an invalid HTTP response",
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "sent an invalid HTTP response"),
        (b"", "broke"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: appl", "broke"),
        (http(b'{"data":[]}', "Connection: close")[:-3], "sent an incomplete response"),
        (http(b"not gzip", "Content-Encoding: gzip"), "sent an incomplete response"),
    ],
)
async def test_a_broken_response_is_a_connection_error(response: bytes, message: str) -> None:
    """The server may have processed the request."""
    async with serving(response, response) as (url, _):
        error = failure(await list_from(url))
    assert isinstance(error, APIConnectionError)
    assert message in error.message
    assert error.sent


async def test_an_invalid_host_is_an_invalid_request() -> None:
    """The error names the parameter."""
    error = failure(await list_from(f"http://{'a' * 70}.invalid"))
    assert isinstance(error, InvalidRequestError)
    assert error.param == "server_url"


async def test_a_silent_server_ends_with_the_read_timeout() -> None:
    """`Timeout(read=...)` starts with the request and with each byte."""
    async with serving(None) as (url, _):
        error = failure(await list_from(url, timeout=Timeout(read=0.05)))
    assert isinstance(error, RequestTimeoutError)
    assert error.phase == "read"
    assert "silent for 0.05 s" in error.message


async def test_a_connection_attempt_ends_with_the_connect_timeout() -> None:
    """`Timeout(connect=...)` includes the TLS handshake."""
    async with serving(None) as (url, _):
        https = url.replace("http", "https")
        error = failure(await list_from(https, timeout=Timeout(connect=0.05)))
    assert isinstance(error, RequestTimeoutError)
    assert error.phase == "connect"
    assert not error.sent


async def test_an_attempt_ends_with_the_total_timeout() -> None:
    """`Timeout(total=...)` ends an attempt, and the next one follows."""
    async with serving(None, EMPTY_LIST) as (url, _):
        timeout = Timeout(total=0.1)
        result = await list_from(url, timeout=timeout, retry_config=AT_ONCE)
    assert isinstance(result, Ok)
    assert result.call.attempts == 2


async def test_a_call_ends_with_its_deadline() -> None:
    """A number is the deadline of the call including retries."""
    async with serving(None, None, None) as (url, _):
        result = await list_from(url, timeout=0.1, retry_config=AT_ONCE)
    error = failure(result)
    assert isinstance(error, RequestTimeoutError)
    assert error.phase == "deadline"
    assert result.call.elapsed < 0.5


async def test_a_server_without_tls_is_an_error() -> None:
    """HTTPS on a port with plain HTTP."""

    async def speak_first(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(speak_first, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = failure(await list_from(f"https://127.0.0.1:{port}"))
    assert isinstance(error, APIConnectionError)
    assert not error.sent
    assert "\n" not in error.message


async def test_a_proxy_is_taken_from_the_argument() -> None:
    """A plain HTTP request to a proxy has an absolute URL."""
    async with serving(EMPTY_LIST) as (proxy, received):
        result = await list_from("http://api.example.invalid", proxy=proxy)
    assert result == Ok(ModelList())
    assert received[0].startswith(b"GET http://api.example.invalid/v1/models HTTP/1.1\r\n")


async def test_a_proxy_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """HTTP_PROXY and NO_PROXY are used, unless `trust_env=False`."""
    async with serving(EMPTY_LIST) as (proxy, received), serving(EMPTY_LIST) as (url, direct):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        await list_from("http://api.example.invalid")
        await list_from(url)
        assert (len(received), len(direct)) == (1, 1)
    async with (
        serving() as (nowhere, _),
        MistralCore("key", server_url=nowhere, trust_env=False, retry_config=ONCE) as client,
    ):
        monkeypatch.setenv("no_proxy", "")
        error = failure(await models_list(client))
        assert isinstance(error, APIConnectionError)


async def test_a_refusal_of_the_proxy_is_not_that_of_the_server() -> None:
    """The server was never reached."""
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    async with serving(refusal) as (proxy, _):
        error = failure(await list_from("https://api.example.invalid", proxy=proxy))
    assert isinstance(error, APIConnectionError)
    assert "the proxy refused with 407" in error.message
    assert (error.sent, error.retryable) == (False, False)


async def test_a_post_without_a_body_has_a_length_of_zero() -> None:
    """Some servers require the header."""
    archived = http(b'{"id":"m"}')
    async with serving(archived) as (url, received), MistralCore("k", server_url=url) as client:
        assert isinstance(await models_archive(client, "m"), Ok)
    assert b"Content-Length: 0\r\n" in received[0]
    assert b"content-type" not in received[0].lower()


async def test_connections_are_reused() -> None:
    """Ten calls in a row need one connection."""
    ten = [EMPTY_LIST] * 10
    async with serving(*ten) as (url, received), MistralCore("k", server_url=url) as client:
        for _ in ten:
            assert isinstance(await models_list(client), Ok)
    assert len(received) == 10
    assert received.connections == 1


async def test_a_borrowed_session_is_used_and_never_closed() -> None:
    """The user closes it. Its `raise_for_status` has no effect."""
    refusal = http(b"{}", status="404 Not Found")
    async with (
        serving(refusal, EMPTY_LIST) as (url, received),
        aiohttp.ClientSession(headers={"x-mine": "1"}, raise_for_status=True) as session,
    ):
        async with MistralCore("k", server_url=url, session=session) as client:
            error = failure(await models_list(client))
            assert isinstance(error, SDKError)
            assert isinstance(await models_list(client), Ok)
        assert not session.closed
    assert b"x-mine: 1\r\n" in received[0]


def test_a_client_serves_event_loops_one_after_another() -> None:
    """Each loop has its own session, which is closed with the loop, and nothing warns."""
    client = MistralCore("sandbox-key")

    async def call() -> int:
        async with Sandbox().serve() as url:
            options = RequestOptions(server_url=url)
            return len((await models_list(client, options=options)).unwrap().data)

    assert [asyncio.run(call()) for _ in range(3)] == [MODELS, MODELS, MODELS]
    asyncio.run(client.aclose())


def test_a_client_serves_event_loops_in_concurrent_threads() -> None:
    """They do not share connections. Closing the client in one thread closes it for all."""
    counts: list[int] = []
    met = threading.Barrier(3)

    async def serve_and_call() -> None:
        sandbox = Sandbox()
        async with sandbox.serve() as url, MistralCore("sandbox-key", server_url=url) as client:

            def elsewhere() -> None:
                async def call() -> None:
                    counts.append(len((await models_list(client)).unwrap().data))
                    await asyncio.to_thread(met.wait)
                    await asyncio.to_thread(met.wait)

                asyncio.run(call())

            threads = [threading.Thread(target=elsewhere) for _ in range(2)]
            for thread in threads:
                thread.start()
            counts.append(len((await models_list(client)).unwrap().data))
            await asyncio.to_thread(met.wait)
            await client.aclose()
            await asyncio.to_thread(met.wait)
            for thread in threads:
                await asyncio.to_thread(thread.join)

    asyncio.run(serve_and_call())
    assert counts == [MODELS, MODELS, MODELS]


def test_a_fork_neither_uses_nor_closes_the_connections_of_its_parent() -> None:
    """Parent and child continue with their own sessions, and neither warns."""
    program = """
        import asyncio, os, threading
        from mistral_core import MistralCore
        from mistral_funcs import models_list
        from mistral_funcs.sandbox import Sandbox

        MODELS = len(Sandbox().state.models)
        url = ""
        ready = threading.Event()

        async def serve():
            global url
            async with Sandbox().serve() as url:
                ready.set()
                await asyncio.Event().wait()

        threading.Thread(target=asyncio.run, args=(serve(),), daemon=True).start()
        ready.wait()
        client = MistralCore("sandbox-key", server_url=url)

        async def count():
            return len((await models_list(client)).unwrap().data)

        with asyncio.Runner() as runner:
            assert runner.run(count()) == MODELS
            child = os.fork()
            if not child:
                os._exit(0 if asyncio.run(count()) == MODELS else 1)
            assert os.waitpid(child, 0)[1] == 0
            assert runner.run(count()) == MODELS
            print("parent and child are well")
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("parent and child are well\n", "", 0)


LIMIT = 8 * 2**20
CHUNK = 2**16


@final
class Incoming:
    """A response of aiohttp with an endless body in chunks.

    Attributes:
        received: Number of received bytes.
        closed: Whether the connection was closed.
    """

    status = 200

    def __init__(self, content_length: int | None) -> None:
        """Start before the first chunk."""
        self.content_length = content_length
        self.content = self
        self.received = 0
        self.closed = False

    async def iter_any(self) -> AsyncIterator[bytes]:
        """Yield chunks until the connection is closed."""
        while not self.closed:
            self.received += CHUNK
            yield bytes(CHUNK)

    def close(self) -> None:
        """Close the connection."""
        self.closed = True

    async def __aenter__(self) -> Self:
        """Return the response itself."""
        return self

    async def __aexit__(self, *error: object) -> None:
        """Close the connection."""
        self.close()


@pytest.mark.parametrize(
    ("length", "headers", "received"),
    [
        (None, Headers(), LIMIT),
        (1000, Headers([("content-encoding", "gzip")]), LIMIT),
        (LIMIT + 1, Headers(), 2**20),
    ],
)
async def test_body_above_the_limit_needs_no_more_memory_than_the_limit(
    length: int | None, headers: Headers, received: int
) -> None:
    """It is not joined, and barely read if its length is known."""
    response: Any = Incoming(length)
    tracemalloc.start()
    try:
        with pytest.raises(ResponseValidationError, match="max_response_bytes") as raised:
            await read_body(response, headers, LIMIT)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert response.closed
    assert response.received == received + CHUNK
    assert raised.value.body == bytes(2**20)
    assert peak < 1.1 * LIMIT + 2**20


async def test_error_of_a_short_limit_has_the_body_so_far() -> None:
    """It ends where reading stopped."""
    response: Any = Incoming(None)
    with pytest.raises(ResponseValidationError) as raised:
        await read_body(response, Headers(), CHUNK + 1)
    assert raised.value.body == bytes(CHUNK + 1)
