"""Closing a client never raises, hangs or cancels, whatever other event loops do."""

import asyncio
import gc
import threading
import time
from collections.abc import AsyncGenerator, Callable

import pytest

from mistral_core import (
    APIConnectionError,
    Err,
    File,
    MistralCore,
    Ok,
    Request,
    Response,
    RetryConfig,
    Timeout,
)
from mistral_core.testing import ScriptedTransport, json_response
from mistral_core.transports import sessions
from mistral_funcs import files_upload, models_list
from mistral_funcs.sandbox import Sandbox


@pytest.fixture
async def client() -> AsyncGenerator[MistralCore, None]:
    """Yield a client of a sandbox."""
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        yield MistralCore(sandbox.api_key, server_url=url)


async def start(call: Callable[[], None]) -> threading.Thread:
    """Run a function in a thread."""
    thread = threading.Thread(target=call)
    thread.start()
    return thread


async def close(client: MistralCore) -> float:
    """Close a client, check that this task was not cancelled, and return the duration."""
    task = asyncio.current_task()
    assert task is not None
    started = time.monotonic()
    await asyncio.wait_for(client.aclose(), 5)
    assert not task.cancelling()
    return time.monotonic() - started


@pytest.mark.parametrize("seconds", [0, 0.001, 0.01, 0.05, 0.2])
async def test_a_loop_that_ends_meanwhile_cancels_no_task(
    client: MistralCore, seconds: float
) -> None:
    """Ten loops in other threads close their own sessions, now or when they end."""
    called = threading.Barrier(11)

    async def call() -> None:
        assert isinstance(await models_list(client), Ok)
        await asyncio.to_thread(called.wait)
        await asyncio.sleep(seconds)

    threads = [await start(lambda: asyncio.run(call())) for _ in range(10)]
    async with client:
        assert isinstance(await models_list(client), Ok)
        await asyncio.to_thread(called.wait)
    assert await close(client) < 0.5
    for thread in threads:
        await asyncio.to_thread(thread.join)
    assert not sessions._open


async def test_a_busy_loop_is_not_waited_for(
    client: MistralCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It closes its session when it is free again."""
    monkeypatch.setattr(sessions, "CLOSE_TIMEOUT", 0.1)
    blocked, free = threading.Event(), threading.Event()

    def block() -> None:
        blocked.set()
        free.wait(5)

    async def call() -> None:
        assert isinstance(await models_list(client), Ok)
        block()
        await asyncio.sleep(0.05)
        assert not sessions._open

    thread = await start(lambda: asyncio.run(call()))
    await asyncio.to_thread(blocked.wait)
    assert 0.1 <= await close(client) < 1
    assert sessions._open
    free.set()
    await asyncio.to_thread(thread.join)
    assert not sessions._open


async def test_a_paused_loop_closes_its_session_when_it_resumes(
    client: MistralCore,
) -> None:
    """A program may run its loop in steps."""
    loop = asyncio.new_event_loop()

    def step() -> None:
        assert isinstance(loop.run_until_complete(models_list(client)), Ok)

    await asyncio.to_thread(step)
    assert await close(client) < 0.5
    await asyncio.to_thread(loop.run_until_complete, asyncio.sleep(0.01))
    assert not sessions._open
    loop.close()


async def test_a_loop_that_was_closed_early_is_no_obstacle(client: MistralCore) -> None:
    """A loop that is closed directly leaves its session to the client."""
    loop = asyncio.new_event_loop()

    def step() -> None:
        assert isinstance(loop.run_until_complete(models_list(client)), Ok)
        (session,) = sessions._open
        loop.run_until_complete(sessions._close(session))
        loop.close()

    await asyncio.to_thread(step)
    assert await close(client) < 0.5


async def test_sessions_of_the_parent_process_are_left_alone(
    client: MistralCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a fork, its loops look as if they were running, but they never make progress."""
    assert isinstance(await models_list(client), Ok)
    with monkeypatch.context() as patch:
        patch.setattr("os.getpid", lambda: -1)
        assert await close(client) < 0.5
    (inherited,) = sessions._open
    assert not inherited.closed
    await sessions._close(inherited)


async def test_a_stalled_upload_does_not_delay_closing() -> None:
    """Unsent data is dropped, and the call ends with an error."""
    stalled, over = asyncio.Event(), asyncio.Event()

    async def never_read(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        stalled.set()
        await over.wait()
        writer.transport.abort()

    server = await asyncio.start_server(never_read, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    async with server:
        client = MistralCore("key", server_url=f"http://{host}:{port}")
        upload = asyncio.create_task(files_upload(client, file=File(bytes(2**25), file_name="f")))
        await stalled.wait()
        await asyncio.sleep(0.1)
        assert await close(client) < 0.5
        result = await asyncio.wait_for(upload, 5)
        over.set()
        await asyncio.sleep(0.01)
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)


async def test_a_connection_in_progress_does_not_delay_closing() -> None:
    """The server never completes the TLS handshake. The call ends with its connect timeout."""
    accepted, over = asyncio.Event(), asyncio.Event()

    async def never_shake_hands(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted.set()
        await over.wait()
        writer.transport.abort()

    server = await asyncio.start_server(never_shake_hands, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    async with server:
        limit = Timeout(connect=0.3)
        client = MistralCore("key", server_url=f"https://{host}:{port}", timeout=limit)
        call = asyncio.create_task(models_list(client))
        await accepted.wait()
        assert await close(client) < 0.2
        assert isinstance(await asyncio.wait_for(call, 2), Err)
        over.set()
        await asyncio.sleep(0.01)


async def test_a_call_is_not_retried_after_closing() -> None:
    """A call that pauses before its next attempt opens no new session."""
    busy = json_response({}, status=503)
    transport = ScriptedTransport(busy, busy)
    client = MistralCore("key", transport=transport, retry_config=RetryConfig(initial_interval=0.1))
    call = asyncio.create_task(models_list(client))
    await asyncio.sleep(0.02)
    await client.aclose()
    result = await call
    assert isinstance(result, Err)
    assert str(result.error) == "The client is closed. Create a new `MistralCore`."
    assert (len(transport.requests), result.call.attempts) == (1, 1)


class Broken:
    """A transport that cannot be closed."""

    async def send(self, request: Request) -> Response:
        """Send nothing."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """Fail."""
        raise OSError("the socket is gone")


async def test_an_error_of_closing_the_transport_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Raising it would hide an exception of the `async with` block."""
    with pytest.raises(KeyError):
        async with MistralCore("key", transport=Broken()):
            raise KeyError
    assert "the socket is gone" in caplog.text


async def test_a_client_dropped_while_its_loop_closes_is_silent(client: MistralCore) -> None:
    """The loop closes between the check and the request to close the session."""
    loop = asyncio.new_event_loop()
    loop.close()
    assert isinstance(await models_list(client), Ok)
    (session,) = sessions._open
    sessions._request_close(loop, session)
    assert not session.closed
    await client.aclose()
    gc.collect()


def test_without_asyncio_a_call_is_an_error() -> None:
    """As under trio. Closing the client does nothing."""
    transport = ScriptedTransport()
    client = MistralCore("key", transport=transport)
    plain = MistralCore("key")

    async def main() -> None:
        for result in (
            await models_list(client),
            await models_list(plain),
            await files_upload(client, file=File(b"text", file_name="f.txt")),
        ):
            assert isinstance(result, Err)
            assert "No asyncio task is running" in str(result.error)
            assert "trio" in str(result.error)
            assert result.call.attempts <= 1
        await plain.aclose()

    with pytest.raises(StopIteration):
        main().send(None)
    assert not transport.requests
