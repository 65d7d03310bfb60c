"""A worker: one client in its own process, which runs measures and reports their cost."""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from benchmarks.clients import CLIENTS, Client
from benchmarks.report import peak_memory
from benchmarks.server import CHAT, MODELS, as_json

Measure: TypeAlias = Callable[[Client, int], Awaitable[float]]


async def _each(work: Callable[[], Awaitable[object]], times: int) -> float:
    await work()  # Opens a connection: one that was idle for seconds is not reused.
    started = time.process_time()
    for _ in range(times):
        await work()
    return (time.process_time() - started) / times * 1e6


async def _events(client: Client, events: int) -> float:
    started = time.process_time()
    assert await client.stream(events) == events
    return (time.process_time() - started) / events * 1e6


async def _structure(structure: Callable[[bytes], object], value: object, times: int) -> float:
    body = as_json(value)
    structure(body)
    started = time.process_time()
    for _ in range(times):
        structure(body)
    return (time.process_time() - started) / times * 1e6


async def _pause(client: Client, _: int) -> float:
    """Return the longest time, in ms, for which a large response blocks the event loop."""
    gc.collect()
    longest, last = 0.0, time.perf_counter()

    async def tick() -> None:
        nonlocal longest, last
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now

    ticking = asyncio.create_task(tick())
    await client.large()
    await asyncio.sleep(0.002)
    ticking.cancel()
    return longest * 1000


async def _memory(client: Client, _: int) -> float:
    before = peak_memory()
    await client.large()
    return peak_memory() - before


MEASURES: dict[str, Measure] = {
    "list of 70 models": lambda client, times: _each(client.list_models, times),
    "one model": lambda client, times: _each(client.one_model, times),
    "chat completion": lambda client, times: _each(client.chat, times),
    "a streamed event": _events,
    "structuring 70 models": lambda client, times: _structure(client.as_models, MODELS, times),
    "structuring a chat": lambda client, times: _structure(client.as_chat, CHAT, times),
    "longest pause, 50 MB": _pause,
    "memory for 50 MB": _memory,
}
"""The measures that a worker can run."""


async def work(url: str, name: str) -> None:
    """Read names of measures from standard input, and print the cost of each."""
    loop = asyncio.get_running_loop()
    async with CLIENTS[name](url) as client:
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            measure, times = json.loads(line)
            print(await MEASURES[measure](client, times), flush=True)


def main(arguments: Sequence[str]) -> None:
    """Run the worker of a client."""
    url, name, *without = arguments
    for module in without:
        sys.modules[module] = None  # type: ignore[assignment]
    asyncio.run(work(url, name))


if __name__ == "__main__":
    main(sys.argv[1:])
