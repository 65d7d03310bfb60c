"""Uploads and downloads of 300 MB: time and memory."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import aiohttp

from benchmarks.report import Row, peak_memory, rows_of
from benchmarks.server import HUGE
from mistral_core import MistralCore
from mistral_funcs import files_download, files_upload


async def _up_raw(url: str, path: Path) -> None:
    async with aiohttp.ClientSession() as session:
        with path.open("rb") as file:
            form = aiohttp.FormData({"purpose": "batch"})
            form.add_field("file", file, filename="huge")
            async with session.post(f"{url}/v1/files", data=form) as response:
                await response.read()


async def _up_ours(url: str, path: Path) -> None:
    async with MistralCore("key", server_url=url) as client:
        (await files_upload(client, file=path, purpose="batch")).unwrap()


async def _down_raw(url: str, path: Path) -> None:
    content_url = f"{url}/v1/files/f/content"
    async with aiohttp.ClientSession() as session, session.get(content_url) as response:
        with path.open("wb") as file:
            async for chunk in response.content.iter_any():
                file.write(chunk)


async def _down_ours(url: str, path: Path) -> None:
    async with MistralCore("key", server_url=url) as client:
        stream = (await files_download(client, "f")).unwrap()
        (await stream.save(path)).unwrap()


TRANSFERS: dict[str, dict[str, Callable[[str, Path], Awaitable[None]]]] = {
    "upload of 300 MB": {"raw aiohttp": _up_raw, "ours": _up_ours},
    "download of 300 MB": {"raw aiohttp": _down_raw, "ours": _down_ours},
}
"""The transfers, each with a function per client. A raw download blocks its event loop."""


def uploads_and_downloads(url: str, rounds: int) -> list[Row]:
    """Measure the wall time of transfers from and to the disk, each in a new process."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "huge"), Path(folder, "copy")
        with source.open("wb") as file:
            for _ in range(HUGE // 1_000_000):
                file.write(b"x" * 1_000_000)
        for work, clients in TRANSFERS.items():
            path = source if work.startswith("upload") else target
            results: dict[str, list[dict[str, float]]] = {name: [] for name in clients}
            for _ in range(rounds + 1):
                for name, runs in results.items():
                    target.unlink(missing_ok=True)
                    command = [sys.executable, "-m", "benchmarks.files", url, work, name, str(path)]
                    process = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
                    runs.append(json.loads(process.stdout))
            warm = {name: [each["seconds"] for each in runs[1:]] for name, runs in results.items()}
            for row in rows_of(work, "s", warm):
                row.extra["MiB"] = max(each["MiB"] for each in results[row.client])
                rows.append(row)
    return rows


async def _transfer(url: str, work: str, name: str, path: Path) -> dict[str, float]:
    before = peak_memory()
    started = time.perf_counter()
    await TRANSFERS[work][name](url, path)
    return {"seconds": time.perf_counter() - started, "MiB": peak_memory() - before}


def main(arguments: Sequence[str]) -> None:
    """Make one transfer in this process, and print the result as JSON."""
    url, work, name, path = arguments
    print(json.dumps(asyncio.run(_transfer(url, work, name, Path(path)))))


if __name__ == "__main__":
    main(sys.argv[1:])
