"""Limits: 2,000 calls at 600 per minute, against servers that count in different ways.

One process is measured on a clock that jumps to the next timer. Four processes share an account in
Redis, and their minutes are as short as `MINUTE`. Their server has a process of its own, and counts
requests by the time at which they arrive.
"""

import asyncio
import math
import multiprocessing
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Generator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from aiohttp import web

from benchmarks.report import Row
from mistral_core import Limit, Limits, MistralCore, Ok, RedisAccount, RetryConfig
from mistral_core.limits import limit as limit_module
from mistral_funcs import chat_complete
from tests.limits.counting_server import CHAT, COUNTINGS, Counting, CountingServer, counter
from tests.limits.fast_clock import run

CALLS = 2000
ALLOWANCE = 600
CALLERS = 20
PROCESSES = 4
MINUTE = 12.0
"""Seconds in a minute of the four processes."""

MARGIN = 0.3
"""The margin of such a minute: half of the default, since requests do not arrive any faster."""

SPAWN = multiprocessing.get_context("spawn")


def limits(_: str, __: int) -> list[Row]:
    """Measure one process with a limit that is set, learned or unknown, and four processes."""
    rows: list[Row] = []
    for counting in COUNTINGS:
        fixed = Limits(Limit(requests_per_minute=ALLOWANCE), learn=False)
        rows.append(_one_process(counting, "set", fixed))
        rows.append(_one_process(counting, "learned", Limits(), reports=True))
        rows.append(_one_process(counting, "unknown", Limits()))
        rows += _four_processes(counting)
    return rows


def _row(work: str, client: str, refused: int, used: float, **extra: float) -> Row:
    percent = 100 * used
    return Row(
        work,
        client,
        percent,
        "% of the allowance",
        percent,
        percent,
        extra={"429s": refused, **extra},
    )


def _one_process(counting: Counting, client: str, limits: Limits, *, reports: bool = False) -> Row:
    async def main() -> Row:
        server = CountingServer(counting, reports=reports)
        retries = RetryConfig(max_tries=10)
        core = MistralCore(transport=server, limits=limits, timeout=3600, retry_config=retries)
        shares, failed = Counter[int](), 0
        started = time.monotonic()

        async def caller(number: int) -> None:
            nonlocal failed
            while sum(shares.values()) < CALLS:
                shares[number] += 1
                failed += not await _ask(core)

        await asyncio.gather(*map(caller, range(CALLERS)))
        moments = sorted(moment - started for moment, _ in server.accepted)
        fairness = _jain([*shares.values()])
        used = _used(moments, 60.0)
        return _row(counting, client, server.refused, used, failed=failed, jain=fairness)

    return run(main)


async def _ask(client: MistralCore) -> bool:
    messages = [{"role": "user", "content": "x"}]
    return isinstance(await chat_complete(client, model="m", messages=messages), Ok)


def _used(moments: list[float], minute: float) -> float:
    """Return the earliest possible start of the last batch as a fraction of its actual start."""
    batches = math.ceil(len(moments) / ALLOWANCE) - 1
    return batches * minute / moments[batches * ALLOWANCE]


def _jain(shares: list[int]) -> float:
    return sum(shares) ** 2 / (len(shares) * sum(share**2 for share in shares))


def _four_processes(counting: Counting) -> list[Row]:
    if shutil.which("redis-server") is None:
        return []
    with _redis() as redis_url, _counting(counting) as (url, server):
        start = SPAWN.Event()
        arguments = redis_url, url, start
        processes = [SPAWN.Process(target=_process, args=arguments) for _ in range(PROCESSES)]
        for process in processes:
            process.start()
        time.sleep(3)  # Until all processes have imported their modules.
        start.set()
        for process in processes:
            process.join()
        server.send("report")
        counted: tuple[list[float], int] = server.recv()
    moments, refused = counted
    assert len(moments) == CALLS
    used = _used([moment - moments[0] for moment in moments], MINUTE)
    return [_row(counting, f"{PROCESSES} processes", refused, used)]


def _process(redis_url: str, url: str, start: Event) -> None:
    """Make a share of the calls, with `CALLERS` callers."""
    limit_module.MINUTE = MINUTE

    async def main() -> None:
        limits = Limits(
            Limit(requests_per_minute=ALLOWANCE),
            learn=False,
            account=RedisAccount(redis_url),
            margin=MARGIN,
        )
        numbers = iter(range(CALLS // PROCESSES))
        async with MistralCore("key", server_url=url, limits=limits) as client:

            async def caller() -> None:
                for _ in numbers:
                    assert await _ask(client)

            await asyncio.gather(*(caller() for _ in range(CALLERS)))

    start.wait()
    asyncio.run(main())


@contextmanager
def _redis() -> Generator[str, None, None]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "redis.sock")
        options = ("--port", "0", "--unixsocket", str(path), "--save", "", "--dir", folder)
        command = [shutil.which("redis-server") or "", *options]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603
            while not path.exists():
                time.sleep(0.01)
            yield f"unix://{path}"
            process.terminate()


@contextmanager
def _counting(counting: Counting) -> "Generator[tuple[str, Connection[str, Any]], None, None]":
    """Run a server that counts. Yield its URL, and a connection that reports the counts."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(counting, there), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}", here
    finally:
        process.terminate()
        process.join()


def _serve(counting: Counting, there: "Connection[Any, str]") -> None:
    async def main() -> None:
        count = counter(counting, ALLOWANCE, MINUTE)
        moments: list[float] = []
        refused = 0

        async def respond(_: web.Request) -> web.Response:
            nonlocal refused
            now = time.monotonic()
            if count(now) is None:
                refused += 1
                return web.Response(status=429)
            moments.append(now)
            return web.Response(body=CHAT, content_type="application/json")

        app = web.Application()
        app.router.add_post("/v1/chat/completions", respond)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=512).start()
        there.send(runner.addresses[0][1])
        await asyncio.to_thread(there.recv)
        there.send((moments, refused))

    asyncio.run(main())
