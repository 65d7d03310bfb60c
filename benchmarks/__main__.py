"""Processor time of one call after another, ours beside raw aiohttp with `json.loads`.

The server has a process of its own, so that only the client's time is counted.
"""

import asyncio
import json
import multiprocessing
import statistics
import time
from collections.abc import Awaitable, Callable

import aiohttp

from benchmarks.server import serve
from mistral_core import MistralCore
from mistral_funcs import models_list, models_retrieve

CALLS = 200
ROUNDS = 7
Work = Callable[[], Awaitable[object]]


async def cpu_per_call(work: Work) -> float:
    """Return microseconds of processor time for a call."""
    began = time.process_time()
    for _ in range(CALLS):
        await work()
    return (time.process_time() - began) / CALLS * 1e6


async def compare(name: str, ours: Work, floor: Work) -> None:
    """Print the median of interleaved rounds, and their ratio with its spread."""
    await ours()
    await floor()
    rounds = [(await cpu_per_call(ours), await cpu_per_call(floor)) for _ in range(ROUNDS)]
    ratios = sorted(mine / theirs for mine, theirs in rounds)
    mine, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(f"{name:16} {mine:8.0f} {theirs:8.0f} {statistics.median(ratios):8.2f}   {spread}")


async def main(port: int) -> None:
    """Run each piece of work, ours and the floor in turn."""
    url = f"http://127.0.0.1:{port}"
    async with MistralCore("key", server_url=url) as client, aiohttp.ClientSession() as session:

        async def raw(path: str) -> object:
            headers = {"authorization": "Bearer key"}
            async with session.get(f"{url}{path}", headers=headers) as response:
                return json.loads(await response.read())

        print("microseconds of CPU a call")
        print(f"{'':16} {'ours':>8} {'raw':>8} {'ratio':>8}   spread")
        await compare("list, 70 models", lambda: models_list(client), lambda: raw("/v1/models"))
        await compare(
            "one model", lambda: models_retrieve(client, "m"), lambda: raw("/v1/models/m")
        )


if __name__ == "__main__":
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    asyncio.run(main(here.recv()))
    server.terminate()
