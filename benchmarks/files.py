"""Uploads and downloads of 300 MB."""

import tempfile
import time
from pathlib import Path

import aiohttp

from benchmarks.report import Row, rows_of
from benchmarks.server import HUGE
from mistral_core import MistralCore
from mistral_funcs import files_download, files_upload


async def uploads_and_downloads(url: str, rounds: int) -> list[Row]:
    """Measure the wall time of each, a file of the disk to and from the server."""
    up: dict[str, list[float]] = {"raw aiohttp": [], "ours": []}
    down: dict[str, list[float]] = {"raw aiohttp": [], "ours": []}
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder, "huge"), Path(folder, "copy")
        with path.open("wb") as file:
            for _ in range(HUGE // 1_000_000):
                file.write(b"x" * 1_000_000)
        async with MistralCore("key", server_url=url) as client, aiohttp.ClientSession() as session:
            for _ in range(max(2, rounds // 2) + 1):
                began = time.perf_counter()
                with path.open("rb") as file:
                    form = aiohttp.FormData({"purpose": "batch"})
                    form.add_field("file", file, filename="huge")
                    async with session.post(f"{url}/v1/files", data=form) as response:
                        await response.read()
                up["raw aiohttp"].append(time.perf_counter() - began)

                began = time.perf_counter()
                (await files_upload(client, file=path, purpose="batch")).unwrap()
                up["ours"].append(time.perf_counter() - began)

                began = time.perf_counter()
                async with session.get(f"{url}/v1/files/f/content") as response:
                    with copy.open("wb") as file:
                        async for chunk in response.content.iter_any():
                            file.write(chunk)
                down["raw aiohttp"].append(time.perf_counter() - began)

                began = time.perf_counter()
                stream = (await files_download(client, "f")).unwrap()
                (await stream.save(copy)).unwrap()
                down["ours"].append(time.perf_counter() - began)
    warm_up = {name: figures[1:] for name, figures in up.items()}
    warm_down = {name: figures[1:] for name, figures in down.items()}
    return [
        *rows_of("upload of 300 MB", "s", warm_up),
        *rows_of("download of 300 MB", "s", warm_down),
    ]
