"""Clients and calls that are cancelled, closed, dropped, crowded, pickled or copied."""

import asyncio
import copy
import gc
import pickle
import random
import ssl
import subprocess
import sys
import warnings
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

import aiohttp
import attrs
import pytest

from mistral_core import (
    APIConnectionError,
    Attempt,
    Err,
    Headers,
    Hooks,
    InvalidRequestError,
    MistralCore,
    Ok,
    RequestTimeoutError,
    Response,
    RetryConfig,
    Timeout,
)
from mistral_core.testing import ScriptedTransport
from mistral_core.transports import sessions
from mistral_funcs import models_archive, models_list
from mistral_funcs.sandbox import Sandbox
from tests.client.inside import settings_of, transport_of
from tests.client.raw_server import http, serving

ONCE = RetryConfig(strategy="none")
EMPTY_LIST = http(b'{"data":[]}')


@pytest.fixture
async def served() -> AsyncGenerator[tuple[Sandbox, str], None]:
    """Yield a sandbox and its URL."""
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        yield sandbox, url


async def test_a_thousand_calls_share_a_small_pool(served: tuple[Sandbox, str]) -> None:
    """None of them fails because it has to wait for a connection."""
    sandbox, url = served
    async with MistralCore(sandbox.api_key, server_url=url, max_connections=5) as client:
        results = await asyncio.gather(*(models_list(client) for _ in range(1000)))
    assert all(isinstance(result, Ok) for result in results)


async def cancel_at_random(url: str, times: int) -> None:
    """Cancel calls at random moments, then check that the pool still works."""
    chance = random.Random(7)  # noqa: S311
    async with MistralCore("sandbox-key", server_url=url, max_connections=4) as client:
        before = asyncio.all_tasks()
        for _ in range(times // 8):
            calls = [asyncio.create_task(models_list(client)) for _ in range(8)]
            for call in calls:
                await asyncio.sleep(chance.random() * 0.001)
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
        assert asyncio.all_tasks() - before <= {
            task for task in asyncio.all_tasks() if "RequestHandler" in repr(task.get_coro())
        }
        results = await asyncio.gather(*(models_list(client) for _ in range(8)))
        assert all(isinstance(result, Ok) for result in results)


async def test_calls_are_cancelled_at_random_moments(served: tuple[Sandbox, str]) -> None:
    """The connection is released or closed at any moment."""
    await cancel_at_random(served[1], 200)


@pytest.mark.soak
async def test_calls_are_cancelled_two_thousand_times(served: tuple[Sandbox, str]) -> None:
    """The same, for longer."""
    await cancel_at_random(served[1], 2000)


async def together(*calls: Coroutine[object, object, object]) -> None:
    """Run coroutines in a task group."""
    async with asyncio.TaskGroup() as group:
        for call in calls:
            group.create_task(call)


async def test_task_groups_and_timeouts_end_calls(
    served: tuple[Sandbox, str],
) -> None:
    """`asyncio.timeout` of the caller raises `TimeoutError`."""
    sandbox, url = served
    sandbox.fail(RequestTimeoutError("silence"), times=2)
    async with MistralCore(sandbox.api_key, server_url=url) as client:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(models_list(client), 0.05)
        with pytest.raises(ExceptionGroup):
            await together(
                models_list(client), asyncio.wait_for(asyncio.Event().wait(), timeout=0.05)
            )
        async with asyncio.TaskGroup() as group:
            calls = [group.create_task(models_list(client)) for _ in range(3)]
        assert all(isinstance(call.result(), Ok) for call in calls)


async def test_a_client_closed_in_flight_ends_its_calls(served: tuple[Sandbox, str]) -> None:
    """Each ends with an error, and none hangs."""
    sandbox, url = served
    sandbox.fail(RequestTimeoutError("silence"), times=3)
    client = MistralCore(sandbox.api_key, server_url=url, retry_config=ONCE)
    calls = [asyncio.create_task(models_list(client)) for _ in range(3)]
    await asyncio.sleep(0.1)
    assert len(sandbox.requests) == 3
    await client.aclose()
    for call in calls:
        result = await asyncio.wait_for(call, 1)
        assert isinstance(result, Err)
        assert isinstance(result.error, APIConnectionError)


async def test_a_dropped_client_warns_and_is_closed(
    served: tuple[Sandbox, str],
) -> None:
    """There is one ResourceWarning, and the connections are closed."""
    sandbox, url = served
    client = MistralCore(sandbox.api_key, server_url=url)
    assert isinstance(await models_list(client), Ok)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del client
        gc.collect()
        await asyncio.sleep(0.05)
        gc.collect()
    assert [str(each.message) for each in caught] == ["a MistralCore was not closed"]


def test_a_client_may_be_dropped_after_its_event_loop() -> None:
    """The loop has closed its connections, so nothing warns."""

    async def call() -> MistralCore:
        async with Sandbox().serve() as url:
            client = MistralCore("sandbox-key", server_url=url)
            assert isinstance(await models_list(client), Ok)
            return client

    client = asyncio.run(call())
    del client
    gc.collect()


async def test_an_unused_client_may_be_dropped() -> None:
    """There is nothing to close."""
    MistralCore("key")
    gc.collect()


async def test_a_forked_process_opens_its_own_sessions(
    served: tuple[Sandbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sessions of the parent are neither used nor closed."""
    sandbox, url = served
    client = MistralCore(sandbox.api_key, server_url=url)
    assert isinstance(await models_list(client), Ok)
    with monkeypatch.context() as patch:
        patch.setattr("os.getpid", lambda: -1)
        assert isinstance(await models_list(client), Ok)
        await client.aclose()
    (inherited,) = sessions._open
    assert not inherited.closed
    await sessions._close(inherited)
    await sessions._close(inherited)
    assert inherited.closed


async def test_a_stale_connection_is_replaced_without_an_attempt() -> None:
    """The server closed the pooled connection. The call succeeds in its first attempt."""
    async with (
        serving(EMPTY_LIST, b"", EMPTY_LIST) as (url, received),
        MistralCore("key", server_url=url, retry_config=ONCE) as client,
    ):
        assert isinstance(await models_list(client), Ok)
        again = await models_list(client)
    assert isinstance(again, Ok)
    assert again.call.attempts == 1
    assert (len(received), received.connections) == (3, 2)


async def test_a_post_on_a_stale_connection_is_not_sent_again() -> None:
    """The server may have processed it before it closed."""
    async with (
        serving(EMPTY_LIST, b"", EMPTY_LIST) as (url, received),
        MistralCore("key", server_url=url) as client,
    ):
        assert isinstance(await models_list(client), Ok)
        result = await models_archive(client, "m")
    assert isinstance(result, Err)
    assert isinstance(result.error, APIConnectionError)
    assert result.error.sent
    assert len(received) == 2


async def test_a_new_connection_that_breaks_is_not_stale() -> None:
    """Without retries, the request is sent once."""
    async with (
        serving(b"", EMPTY_LIST) as (url, received),
        MistralCore("key", server_url=url, retry_config=ONCE) as client,
    ):
        assert isinstance(await models_list(client), Err)
    assert len(received) == 1


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 Same", "308 Same"])
async def test_a_redirect_on_the_same_server_is_followed(status: str) -> None:
    """The method and the key are the same."""
    elsewhere = http(b"", "Location: /elsewhere/v1/models?a=b", status=status)
    async with (
        serving(elsewhere, EMPTY_LIST) as (url, received),
        MistralCore("key", server_url=url) as client,
    ):
        result = await models_list(client)
    assert isinstance(result, Ok)
    assert received[1].startswith(b"GET /elsewhere/v1/models?a=b HTTP/1.1\r\n")
    assert b"authorization: Bearer key\r\n" in received[1]


@pytest.mark.parametrize(
    ("status", "requests"), [("301 Moved", 1), ("302 Found", 1), ("303 Other", 1), ("307 Same", 2)]
)
async def test_a_post_is_never_redirected_into_a_get(status: str, requests: int) -> None:
    """Only 307 and 308 keep the method."""
    elsewhere = http(b"", "Location: /elsewhere", status=status)
    async with (
        serving(elsewhere, http(b'{"id":"m"}')) as (url, received),
        MistralCore("key", server_url=url) as client,
    ):
        await models_archive(client, "m")
    assert len(received) == requests
    assert all(each.startswith(b"POST ") for each in received)


async def test_a_call_that_pauses_holds_no_connection(served: tuple[Sandbox, str]) -> None:
    """With a pool of one connection, another call succeeds meanwhile."""
    sandbox, url = served
    busy = Response(503, Headers([("retry-after", "0.3")]), b"{}")
    sandbox.fail(busy)
    async with MistralCore(sandbox.api_key, server_url=url, max_connections=1) as client:
        pausing = asyncio.create_task(models_list(client))
        await asyncio.sleep(0.1)
        assert isinstance(await models_list(client), Ok)
        assert not pausing.done()
        assert (await pausing).call.attempts == 2


KEY = "sk-this-key-is-in-no-pickle"


def pickled(client: MistralCore) -> MistralCore:
    """Pickle and unpickle a client, and check that the pickle does not contain its key."""
    written = pickle.dumps(client)
    assert KEY.encode() not in written
    twin: MistralCore = pickle.loads(written)  # noqa: S301
    return twin


def ignore(_: Attempt) -> None:
    """Ignore an attempt."""


async def the_key() -> str:
    """Return the key asynchronously."""
    return KEY


def settings(client: MistralCore) -> dict[str, object]:
    """Return all settings of a client."""
    inside: dict[str, Any] = {
        **attrs.asdict(settings_of(client), recurse=False),
        **vars(transport_of(client)),
    }
    inside["limits"] = inside.pop("_sessions")._limits, inside.pop("_websocket_sessions")._limits
    return {name: each for name, each in inside.items() if name not in {"transport", "credentials"}}


def test_a_pickle_has_all_settings_except_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key comes from the environment when it is unpickled."""
    client = MistralCore(
        KEY,
        server_url="http://localhost/v9",
        timeout=Timeout(connect=1, read=2, total=3, deadline=4),
        retry_config=RetryConfig(max_tries=2, status_codes={500}),
        headers={"X-Team": "search"},
        user_agent="tests",
        proxy="http://localhost:3128",
        ssl=False,
        trust_env=False,
        max_connections=7,
        max_connections_per_host=3,
        max_response_bytes=1000,
        hooks=Hooks(before_request=ignore, after_response=ignore, before_retry=ignore),
    )
    monkeypatch.setenv("MISTRAL_API_KEY", "of-the-worker")
    twin = pickled(client)
    assert settings(twin) == settings(client)
    assert settings_of(twin).credentials.header().reveal() == "Bearer of-the-worker"  # type: ignore[union-attr]


async def test_a_pickled_client_calls_with_the_key_of_the_environment(
    served: tuple[Sandbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The original may have failed. Without a key the error says how to set it."""
    sandbox, url = served
    async with MistralCore(KEY, server_url=url, retry_config=ONCE) as client:
        assert isinstance(await models_list(client), Err)
        async with pickled(client) as keyless:
            refused = await models_list(keyless)
    assert isinstance(refused, Err)
    assert isinstance(refused.error, InvalidRequestError)
    assert "MISTRAL_API_KEY" in refused.error.message

    monkeypatch.setenv("MISTRAL_API_KEY", sandbox.api_key)
    async with pickled(client) as twin:
        assert isinstance(await models_list(twin), Ok)


def test_a_pickled_client_works_in_another_process() -> None:
    """Unpickling loads all modules that a call needs, so that the event loop is not blocked."""
    code = (
        "import pickle, sys; client = pickle.load(sys.stdin.buffer)\n"
        "import asyncio; from mistral_funcs import models_list; before = set(sys.modules)\n"
        "print(client, asyncio.run(models_list(client)).error.message)\n"
        "print({name for name in set(sys.modules) - before if 'mistral_core' in name})"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-W", "error", "-c", code],
        input=pickle.dumps(MistralCore(KEY, server_url="http://localhost:1")),
        capture_output=True,
        check=True,
    )
    printed, loaded = done.stdout.decode().splitlines()
    assert printed.startswith("<MistralCore http://localhost:1> No API key. Pass `api_key=`")
    assert loaded == "set()"


def test_a_key_function_is_pickled_by_reference_and_an_empty_key_stays_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The environment replaces neither. A key in a header is removed."""
    monkeypatch.setenv("MISTRAL_API_KEY", "of-the-worker")
    assert settings_of(pickled(MistralCore(the_key))).credentials.without_secret() is the_key
    assert settings_of(pickled(MistralCore(""))).credentials.header() is None
    of_header = pickled(MistralCore(headers={"Authorization": f"Bearer {KEY}", "X-Team": "search"}))
    assert settings_of(of_header).headers.keys() == {"user-agent", "x-team"}


async def test_a_client_with_a_transport_that_can_be_pickled_is_pickled() -> None:
    """The key of the transport takes precedence over the environment."""
    client = MistralCore(KEY, transport=Sandbox())
    await client.aclose()
    assert isinstance(await models_list(pickled(client)), Ok)


async def test_process_local_objects_cannot_be_pickled() -> None:
    """The error names the borrowed session, the SSLContext, or the transport with recorded keys."""
    used = ScriptedTransport()
    await models_list(MistralCore(KEY, transport=used, retry_config=ONCE))
    async with aiohttp.ClientSession() as session:
        for client, reason in [
            (MistralCore(KEY, session=session), "a borrowed `session` belongs to its process"),
            (MistralCore(KEY, ssl=ssl.create_default_context()), "an SSLContext as `ssl` belongs"),
            (MistralCore(KEY, transport=used), "a secret cannot be pickled"),
        ]:
            with pytest.raises(TypeError, match=rf"^A client .* cannot be pickled: {reason}"):
                pickle.dumps(client)


@pytest.mark.parametrize("twin_of", [copy.copy, copy.deepcopy])
async def test_a_copy_has_the_same_key_and_connections(
    twin_of: Callable[[MistralCore], MistralCore], served: tuple[Sandbox, str]
) -> None:
    """Closing one of them closes the connections of both."""
    sandbox, url = served
    async with MistralCore(sandbox.api_key, server_url=url) as client:
        twin = twin_of(client)
        assert isinstance(await models_list(twin), Ok)
    assert isinstance(await models_list(twin), Ok)
    await twin.aclose()
