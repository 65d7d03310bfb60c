"""Calls: one after another, and many in flight; JSON to objects; large responses."""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import TypeAlias

from benchmarks.clients import CLIENTS
from benchmarks.report import Row, peak_memory, rows_of
from benchmarks.workers import FAST, Variant, environment, measure

Variants: TypeAlias = dict[str, Variant]

CALLS = {
    "list of 70 models": ("µs CPU per call", 150, 20),
    "one model": ("µs CPU per call", 150, 20),
    "chat completion": ("µs CPU per call", 150, 20),
}
"""The unit of each measure, and the calls per round of fast clients and of all others."""

STRUCTURING = {
    "structuring 70 models": ("µs CPU", 100, 20),
    "structuring a chat": ("µs CPU", 1000, 100),
}
STREAM = {"a streamed event": ("µs CPU", 10_000, 1_000)}
LARGE = {"longest pause, 50 MB": ("ms", 1, 1), "memory for 50 MB": ("MiB", 1, 1)}


def one_after_another(url: str, rounds: int, measured: Variants) -> list[Row]:
    """Measure the processor time of calls that are made one after another."""
    return measure(url, measured, CALLS, rounds)


def structured(url: str, rounds: int, measured: Variants) -> list[Row]:
    """Measure the decoding of bytes to objects. The floor is `json.loads`."""
    return measure(url, measured, STRUCTURING, rounds)


def stream(url: str, rounds: int, measured: Variants) -> list[Row]:
    """Measure streamed chats of small events, none of which is kept."""
    return measure(url, measured, STREAM, rounds)


def large(url: str, rounds: int, measured: Variants) -> list[Row]:
    """Measure a response of 50 MB: how long it blocks the event loop, and its memory."""
    return measure(url, measured, LARGE, rounds, fresh=True)


async def _in_flight(url: str, name: str, flight: int, calls: int) -> dict[str, float]:
    """Complete `calls` chats, `flight` at a time, with a server that takes 50 ms."""
    durations: list[float] = []
    failures = 0
    async with CLIENTS[name](f"{url}/slow") as client:
        slots = asyncio.Semaphore(flight)

        async def call() -> None:
            nonlocal failures
            async with slots:
                started = time.perf_counter()
                try:
                    await client.chat()
                except Exception:  # noqa: BLE001 - a client that fails is measured too
                    failures += 1
                durations.append(time.perf_counter() - started)

        await client.chat()
        started = time.process_time()
        await asyncio.gather(*(call() for _ in range(calls)))
        spent = time.process_time() - started
    percentiles = statistics.quantiles(durations, n=100)
    return {
        "calls": calls / spent,
        "p50 ms": percentiles[49] * 1000,
        "p99 ms": percentiles[98] * 1000,
        "peak MiB": peak_memory(),
        "failures": failures,
    }


def in_flight(url: str, rounds: int, measured: Variants) -> list[Row]:
    """Measure many chats at once, each client in a process of its own."""
    rows: list[Row] = []
    for flight in (200, 1000):
        results: dict[str, list[dict[str, float]]] = {name: [] for name in measured}
        for _ in range(rounds):
            for name, each in measured.items():
                calls = flight * (4 if each.client in FAST else 1)
                process = subprocess.run(  # noqa: S603
                    each.command("benchmarks.calls", url, str(flight), str(calls)),
                    cwd=each.folder,
                    env=environment(each.folder),
                    capture_output=True,
                    text=True,
                    check=True,
                )
                results[name].append(json.loads(process.stdout))
        figures = {name: [each["calls"] for each in runs] for name, runs in results.items()}
        work = f"{flight:,} chats in flight"
        for row in rows_of(work, "calls per CPU second", figures):
            last = results[row.client][-1]
            row.extra.update({name: each for name, each in last.items() if name != "calls"})
            rows.append(row)
    return rows


def main(arguments: Sequence[str]) -> None:
    """Measure one client in this process, and print the result as JSON."""
    url, flight, calls, name, *without = arguments
    for module in without:
        sys.modules[module] = None  # type: ignore[assignment]
    print(json.dumps(asyncio.run(_in_flight(url, name, int(flight), int(calls)))))


if __name__ == "__main__":
    main(sys.argv[1:])
