"""A program that runs a batch to its end, and may be killed and restarted at any time.

Arguments: the URL of the server, the folder, and the number of requests. It prints the number of
outcomes, the number of `Ok`, the number of distinct IDs, and its peak memory in kB.
"""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

from mistral_core import MistralCore, Ok
from mistral_funcs import run_batch
from mistral_funcs.schemas import BatchRequest, ChatCompletionResponse


def requests(count: int) -> Iterator[BatchRequest]:
    """Yield requests lazily."""
    for number in range(count):
        messages = [{"role": "user", "content": f"number {number}"}]
        yield BatchRequest(custom_id=f"id-{number}", body={"messages": messages})


def peak() -> str:
    """Return the peak memory of this process in kB, or 0 if the system does not report it."""
    status = Path("/proc/self/status")  # `getrusage` includes the parent process.
    lines = status.read_text().splitlines() if status.exists() else []
    return next((line.split()[1] for line in lines if line.startswith("VmHWM")), "0")


async def main(url: str, folder: str, count: int) -> None:
    """Run the batch."""
    outcomes = good = 0
    ids: set[int] = set()
    async with MistralCore("sandbox-key", server_url=url) as client:
        async for item in run_batch(
            client,
            requests(count),
            folder=folder,
            endpoint="/v1/chat/completions",
            model="open-mistral-7b",
            schema=ChatCompletionResponse,
            max_requests=count // 10,
            max_inline=count // 20,
            interval=0.05,
        ):
            outcome = item.unwrap()
            outcomes += 1
            ids.add(int(outcome.custom_id.removeprefix("id-")))
            if isinstance(outcome.result, Ok):
                said = outcome.result.value.text
                good += said == f"You said: number {outcome.custom_id.removeprefix('id-')}"
    sys.stdout.write(f"{outcomes} {good} {len(ids)} {peak()}\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
