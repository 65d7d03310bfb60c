"""Calls: one after another, and many in flight."""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack

from benchmarks.clients import CLIENTS, Client, Work, installed
from benchmarks.report import Row, peak_memory, rows_of

WORKS: dict[str, Callable[[Client], Work]] = {
    "list of 70 models": lambda client: client.list_models,
    "one model": lambda client: client.one_model,
    "chat answer": lambda client: client.chat,
}
CALLS = {"ours": 150, "raw aiohttp": 150, "raw aiohttp, orjson": 150}
FEW_CALLS = 20
"""Calls in a round, of those that are fast and of all others."""


async def _cpu(work: Callable[[], Awaitable[object]], calls: int) -> float:
    """Return the microseconds of processor time of a call."""
    began = time.process_time()
    for _ in range(calls):
        await work()
    return (time.process_time() - began) / calls * 1e6


async def one_after_another(url: str, rounds: int) -> list[Row]:
    """Measure the processor time of each work, a call after the other, clients in turn."""
    rows: list[Row] = []
    async with AsyncExitStack() as stack:
        clients = {
            name: await stack.enter_async_context(make(url)) for name, make in installed().items()
        }
        for work, pick in WORKS.items():
            figures: dict[str, list[float]] = {name: [] for name in clients}
            for client in clients.values():
                await _cpu(pick(client), 10)
            for _ in range(rounds):
                for name, client in clients.items():
                    calls = CALLS.get(name, FEW_CALLS)
                    figures[name].append(await _cpu(pick(client), calls))
            rows += rows_of(work, "µs CPU a call", figures)
    return rows


async def stream(url: str, rounds: int) -> list[Row]:
    """Measure a streamed chat of 10,000 small events."""
    events = 10_000
    async with AsyncExitStack() as stack:
        clients = {
            name: await stack.enter_async_context(make(url)) for name, make in installed().items()
        }
        figures: dict[str, list[float]] = {name: [] for name in clients}
        for _ in range(max(2, rounds // 2)):
            for name, client in clients.items():
                began = time.process_time()
                seen = await client.stream(events)
                assert seen == events, (name, seen)
                figures[name].append((time.process_time() - began) / events * 1e6)
    return rows_of("stream of 10,000 events", "µs CPU an event", figures)


async def _in_flight(url: str, name: str, flight: int, calls: int) -> dict[str, float]:
    """Make so many chats, so many at once, against a server that takes 50 ms."""
    took: list[float] = []
    failures = 0
    async with CLIENTS[name](f"{url}/slow") as client:
        room = asyncio.Semaphore(flight)

        async def call() -> None:
            nonlocal failures
            async with room:
                began = time.perf_counter()
                try:
                    await client.chat()
                except Exception:  # noqa: BLE001 - a client that fails is measured too
                    failures += 1
                took.append(time.perf_counter() - began)

        await client.chat()
        began = time.process_time()
        await asyncio.gather(*(call() for _ in range(calls)))
        spent = time.process_time() - began
    percentiles = statistics.quantiles(took, n=100)
    return {
        "calls": calls / spent,
        "p50 ms": percentiles[49] * 1000,
        "p99 ms": percentiles[98] * 1000,
        "peak MB": peak_memory(),
        "failures": failures,
    }


def in_flight(url: str, rounds: int) -> list[Row]:
    """Measure many chats at once, each client in a process of its own."""
    rows: list[Row] = []
    for flight in (200, 1000):
        found: dict[str, list[dict[str, float]]] = {name: [] for name in installed()}
        for _ in range(max(1, rounds // 3)):
            for name, told in found.items():
                calls = flight * (4 if name in CALLS else 1)
                command = [sys.executable, "-m", "benchmarks.calls", url, name]
                done = subprocess.run(  # noqa: S603
                    [*command, str(flight), str(calls)], capture_output=True, text=True, check=True
                )
                told.append(json.loads(done.stdout))
        figures = {name: [each["calls"] for each in told] for name, told in found.items()}
        work = f"{flight:,} chats in flight"
        for row in rows_of(work, "calls a CPU second", figures):
            last = found[row.client][-1]
            row.extra.update({name: each for name, each in last.items() if name != "calls"})
            rows.append(row)
    return rows


def main(arguments: Sequence[str]) -> None:
    """Measure one client in this process, and print what was found as JSON."""
    url, name, flight, calls = arguments
    print(json.dumps(asyncio.run(_in_flight(url, name, int(flight), int(calls)))))


if __name__ == "__main__":
    main(sys.argv[1:])
