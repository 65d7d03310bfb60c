"""Real TLS and proxies: invalid certificates, tunnels, and a proxy that restarts."""

import asyncio
import base64
import datetime as dt
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
import trustme

from mistral_core import APIConnectionError, Err, MistralCore, Ok, RetryConfig
from mistral_funcs import models_list
from mistral_funcs.sandbox import Sandbox
from tests.client.raw_server import http, serving

ONCE = RetryConfig(strategy="none")
AUTHORITY = trustme.CA()
EMPTY_LIST = http(b'{"data":[]}')
YESTERDAY = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)


def server_side(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Return the TLS context of a server with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with certificate.private_key_and_cert_chain_pem.tempfile() as path:
        context.load_cert_chain(path)
    return context


def trusting() -> ssl.SSLContext:
    """Return the TLS context of a client that trusts the test authority."""
    return ssl.create_default_context(cadata=AUTHORITY.cert_pem.bytes().decode())


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Forward bytes in one direction until they end."""
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def proxy(
    to: str | None = None, port: int = 0
) -> AsyncGenerator[tuple[str, list[bytes]], None]:
    """Run a forward proxy with tunnels, or a reverse proxy for one server."""
    seen: list[bytes] = []
    writers: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        try:
            if to is None:
                head = await reader.readuntil(b"\r\n\r\n")
                seen.append(head)
                target = head.split()[1].decode()
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                target = urlsplit(to).netloc
            host, _, number = target.partition(":")
            back, forth = await asyncio.open_connection(host, int(number))
            writers.add(forth)
            await asyncio.gather(pipe(reader, forth), pipe(back, writer))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", seen
    finally:
        server.close()
        for writer in writers:
            writer.transport.abort()
        await server.wait_closed()
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("certificate", "complaint"),
    [
        (AUTHORITY.issue_cert("other.example"), "IP address mismatch"),
        (AUTHORITY.issue_cert("127.0.0.1", not_after=YESTERDAY), "expired"),
        (trustme.CA().issue_cert("127.0.0.1"), "unable to get local issuer certificate"),
    ],
    ids=["for another host", "expired", "of an unknown authority"],
)
async def test_an_invalid_certificate_is_refused(
    certificate: trustme.LeafCert, complaint: str
) -> None:
    """Nothing is sent, and the call is not retried."""
    async with (
        serving(EMPTY_LIST, tls=server_side(certificate)) as (url, received),
        MistralCore("key", server_url=url, ssl=trusting()) as client,
    ):
        result = await models_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert complaint in result.error.message
    assert (result.error.sent, result.error.retryable) == (False, False)
    assert result.call.attempts == 1
    assert not received


async def test_a_certificate_of_a_trusted_authority_is_accepted() -> None:
    """If the client's TLS context trusts it. `ssl=False` accepts any certificate."""
    tls = server_side(AUTHORITY.issue_cert("127.0.0.1"))
    for context in (trusting(), False):
        async with (
            serving(EMPTY_LIST, tls=tls) as (url, _),
            MistralCore("key", server_url=url, ssl=context) as client,
        ):
            assert isinstance(await models_list(client), Ok)


async def test_https_goes_through_a_tunnel() -> None:
    """The proxy sees the host and its own credentials, but neither the key nor the path."""
    tls = server_side(AUTHORITY.issue_cert("127.0.0.1"))
    async with serving(EMPTY_LIST, tls=tls) as (url, received), proxy() as (address, seen):
        through = f"http://user:password@{address}"
        async with MistralCore("key", server_url=url, proxy=through, ssl=trusting()) as client:
            assert isinstance(await models_list(client), Ok)
    (connect,) = seen
    assert connect.startswith(b"CONNECT 127.0.0.1:")
    assert base64.b64encode(b"user:password") in connect
    assert b"key" not in connect
    assert b"Proxy-Authorization" not in received[0]


async def test_an_unreachable_proxy_is_reported() -> None:
    """Without its password."""
    through = "http://user:password@127.0.0.1:1"
    async with MistralCore("key", proxy=through, retry_config=ONCE) as client:
        result = await models_list(client)
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert not result.error.sent
    assert "password" not in f"{result!r} {result.error} {result.error.__cause__!r}"


async def test_a_reverse_proxy_that_restarts_fails_no_call() -> None:
    """Calls before, during and after the restart are retried."""
    sandbox = Sandbox()
    async with sandbox.serve() as behind:
        async with proxy(behind) as (address, _):
            port = int(address.partition(":")[2])
            patient = RetryConfig(initial_interval=0.05, max_interval=0.2, max_tries=20)
            client = MistralCore(
                sandbox.api_key, server_url=f"http://{address}", retry_config=patient
            )
            assert isinstance(await models_list(client), Ok)
        during = [asyncio.create_task(models_list(client)) for _ in range(20)]
        await asyncio.sleep(0.1)
        async with proxy(behind, port):
            results = await asyncio.gather(*during, models_list(client))
            await client.aclose()
    assert all(isinstance(result, Ok) for result in results)
    assert max(result.call.attempts for result in results) > 1
