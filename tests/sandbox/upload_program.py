"""A program that uploads 150 MB to a sandbox in its own process.

Arguments: `in process` or `over HTTP`, and the length of a line. It prints the size of the file and
the growth of the process in bytes.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from mistral_core import File, MistralCore
from mistral_funcs import files_upload
from mistral_funcs.sandbox import Sandbox

CHUNKS = 150


def peak() -> int:
    """Return the peak memory of this process in bytes."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(next(x for x in status.splitlines() if x.startswith("VmHWM")).split()[1])


async def content(line: int) -> AsyncIterator[bytes]:
    """Yield a file with lines in chunks of about 1 MB."""
    text = b'{"text":"' + b"x" * (line - 12) + b'"}\n'
    chunk = text * (1_000_000 // len(text))
    for _ in range(CHUNKS):
        yield chunk


async def main(way: str, line: int) -> None:
    """Upload a small file first, which loads all modules, then the large one."""
    sandbox = Sandbox()
    async with sandbox.serve() as url:
        transport = sandbox if way == "in process" else None
        async with MistralCore(sandbox.api_key, server_url=url, transport=transport) as client:
            (await files_upload(client, file=File(b"{}", file_name="small.jsonl"))).unwrap()
            before = peak()
            file = File(content(line), file_name="large.jsonl")
            uploaded = (await files_upload(client, file=file)).unwrap()
            sys.stdout.write(f"{uploaded.bytes} {peak() - before}\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
