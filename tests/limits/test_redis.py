"""Limits shared in Redis: by several processes, and when Redis is unreachable."""

import asyncio
import logging
import os
import pickle
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fakeredis import TcpFakeServer

from mistral_core import Limit, Limits, LocalAccount, MistralCore, Place, Settlement, Window
from mistral_core.limits import redis_account
from mistral_core.limits.redis_account import RedisAccount
from mistral_core.limits.redis_connections import Connections
from mistral_core.testing import ScriptedTransport
from tests.limits.test_rates import ask
from tests.limits.test_waiting import CHAT_RESPONSE

WINDOWS = (Window("requests", 3, 60), Window("tokens", 100, 60))


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a Redis server on a socket, or an emulation if Redis is not installed."""
    server = shutil.which("redis-server")
    if server is None:
        with TcpFakeServer(("127.0.0.1", 0), server_type="redis") as imitation:
            threading.Thread(target=imitation.serve_forever, daemon=True).start()
            yield f"redis://127.0.0.1:{imitation.server_address[1]}"
            imitation.shutdown()
        return
    folder = tmp_path_factory.mktemp("redis")
    path = folder / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    with subprocess.Popen([server, *options], stdout=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            limit = time.monotonic() + 10
            while not _is_listening(path):
                assert time.monotonic() < limit
                time.sleep(0.005)
            yield f"unix://{path}"
        finally:
            process.terminate()


def _is_listening(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(path)) == 0


@pytest.fixture
async def account(redis_url: str) -> AsyncGenerator[RedisAccount, None]:
    """Yield an empty account."""
    account = RedisAccount(redis_url, prefix=os.urandom(8).hex())
    yield account
    await account.aclose()
    await account.aclose()


def twin_of(account: RedisAccount) -> RedisAccount:
    """Return a copy of the account as in another process."""
    twin: RedisAccount = pickle.loads(pickle.dumps(account))  # noqa: S301
    return twin


async def test_processes_share_an_account(account: RedisAccount) -> None:
    """Capacity that one of them takes is not available to the other."""
    twin = twin_of(account)
    places = [Place("m", 10) for _ in range(3)]
    for each, place in zip((account, twin, account), places, strict=True):
        assert await each.reserve(place, WINDOWS) == 0
    wait = await twin.reserve(Place("m", 10), WINDOWS)
    assert 55 < wait <= 60
    assert await twin.reserve(Place("other", 10), WINDOWS) == 0
    account.settle(Settlement(places[0], None))
    assert await account.forecast("m", 1, 10, WINDOWS) == 0
    assert await twin.reserve(Place("m", 10), WINDOWS) == 0
    await account.hold("n", 30)
    assert 25 < await twin.reserve(Place("n", 1), WINDOWS) <= 30
    await twin.aclose()


async def test_account_in_redis_counts_as_one_in_memory(account: RedisAccount) -> None:
    """The waits are the same for all operations."""
    local = LocalAccount()
    chance = Random(3)  # noqa: S311
    windows = (Window("requests", 7, 60), Window("requests", 20, 200), Window("tokens", 300, 60))
    taken: list[tuple[Place, Place]] = []
    waits = set[bool]()
    for step in range(300):
        model = chance.choice("abcdefgh")
        match chance.randrange(4):
            case 0 | 1:
                tokens = chance.choice([0, 5, 40, 400])
                pair = Place(model, tokens), Place(model, tokens)
                here = await local.reserve(pair[0], windows)
                there = await account.reserve(pair[1], windows)
                if here == 0:
                    taken.append(pair)
                    assert pair[0].requests_before == pair[1].requests_before
                    assert pair[0].tokens_before == pair[1].tokens_before
                waits.add(here == 0)
            case 2 if taken:
                pair = taken.pop(chance.randrange(len(taken)))
                cost = chance.choice([None, 0, 10, 90])
                counts = chance.choice([(None, None), (3, 200), (15, 10)])
                local.settle(Settlement(pair[0], cost, *counts))
                account.settle(Settlement(pair[1], cost, *counts))
                continue
            case _:
                if step % 50 == 0:
                    await local.hold(model, 100)
                    await account.hold(model, 100)
                requests, tokens = chance.randrange(1, 40), chance.randrange(900)
                here = await local.forecast(model, requests, tokens, windows)
                there = await account.forecast(model, requests, tokens, windows)
        assert there == pytest.approx(here, abs=5)
        assert (there == 0) == (here == 0)
    assert waits == {True, False}


async def test_old_counts_are_not_used(
    account: RedisAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were sent with a settlement that was the last one for a while."""
    monkeypatch.setattr(redis_account, "MAX_AGE", 0)
    place = Place("m", 1)
    assert await account.reserve(place, WINDOWS) == 0
    account.settle(Settlement(place, 1, requests_used=3))
    assert await account.reserve(Place("m", 1), WINDOWS) == 0


async def test_client_waits_for_an_account_in_redis(redis_url: str) -> None:
    """A call that is cancelled meanwhile returns what it may have been granted."""
    account = RedisAccount(redis_url, prefix=os.urandom(8).hex())
    limits = Limits(Limit(requests_per_minute=2), account=account, learn=False)
    client = MistralCore(
        transport=ScriptedTransport(*[CHAT_RESPONSE] * 9), limits=limits, timeout=5
    )
    asking = asyncio.create_task(ask(client))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert [await ask(client) for _ in range(3)] == [True, True, False]
    await account.aclose()


# -------------------------------------------------------------------------------------- unreachable


async def test_without_redis_each_process_has_its_share(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is logged once, and so is the recovery. The password in the URL is not."""
    account = RedisAccount(f"unix://:hunter2@{tmp_path}/none.sock", processes=2, timeout=0.1)
    windows = (Window("requests", 4, 60),)
    with caplog.at_level(logging.WARNING, "mistral_core"):
        places = [Place("m", 1) for _ in range(2)]
        assert [await account.reserve(place, windows) for place in places] == [0, 0]
        assert 55 < await account.reserve(Place("m", 1), windows) <= 60
        assert 55 < await account.forecast("m", 1, 1, windows) <= 60
        monkeypatch.setattr(account, "_retry_at", 0.0)
        account.settle(Settlement(places[0], None, requests_used=100))
        await account.hold("n", 30)
        assert 25 < await account.reserve(Place("n", 1), windows) <= 30
        assert await account.reserve(Place("m", 1), windows) == 0
    (record,) = caplog.records
    assert "Redis cannot be reached, so each process uses its share of the limits" in record.message
    assert "hunter2" not in record.message


async def test_redis_is_used_again_when_it_returns(
    account: RedisAccount, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken earlier still counts meanwhile."""
    assert await account.reserve(Place("m", 1), WINDOWS) == 0
    connected = Connections.run

    async def unreachable(*_: object) -> list[float]:
        raise ConnectionRefusedError

    with caplog.at_level(logging.WARNING, "mistral_core"):
        monkeypatch.setattr(Connections, "run", unreachable)
        assert [await account.reserve(Place("m", 1), WINDOWS) for _ in range(2)] == [0, 0]
        assert await account.reserve(Place("m", 1), WINDOWS) > 50
        monkeypatch.setattr(Connections, "run", connected)
        monkeypatch.setattr(account, "_retry_at", 0.0)
        assert await account.reserve(Place("m", 1), WINDOWS) == 0
    assert "can be reached again" in caplog.records[-1].message


async def test_settlements_of_another_thread_are_sent_once(account: RedisAccount) -> None:
    """Even if it empties the queue meanwhile."""

    class Taken(list[Any]):
        """A queue that another thread empties."""

        def popleft(self) -> Any:
            raise IndexError

    account._settlements["m"] = Taken([1])  # type: ignore[assignment]
    assert account._pending("m") == []


def test_connections_belong_to_a_loop_and_a_process(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each loop opens and closes its own. Those of a parent process are left alone."""
    account = RedisAccount(redis_url, prefix=os.urandom(8).hex())

    async def reserve() -> float:
        return await account.reserve(Place("m", 1), WINDOWS)

    assert [asyncio.run(reserve()) for _ in range(2)] == [0, 0]
    assert len(account._connections._by_loop) == 1
    monkeypatch.setattr("os.getpid", lambda: -1)
    assert asyncio.run(reserve()) == 0
    assert asyncio.run(reserve()) > 0


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra that installs it."""
    monkeypatch.setitem(sys.modules, "mistral_core.limits.redis_connections", None)
    with pytest.raises(ModuleNotFoundError, match=r"Install the extra `redis`: .* pip install"):
        RedisAccount()


@pytest.mark.parametrize(("url", "processes"), [("http://localhost", 1), ("redis://localhost", 0)])
def test_invalid_settings_are_an_error(url: str, processes: int) -> None:
    """Nothing connects."""
    with pytest.raises(ValueError, match="must"):
        RedisAccount(url, processes=processes)
