"""The files of a batch: its requests in parts, their progress and their results."""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any, final

from mistral_core import InvalidRequestError
from mistral_core.response.output_files import LEFTOVER, replacing
from mistral_core.structuring.converter import converter
from mistral_funcs.toolkit.batching.manifest import ADVICE, Part, read_manifest

LINES = 200
"""Number of result lines to read at once."""


RESULTS = ("output", "errors")
"""Kinds of result files."""


@final
class BatchFolder:
    """The files of a batch, from which another process can resume it.

    Attributes:
        manifest: Settings and progress of the batch.
    """

    def __init__(self, path: str | os.PathLike[str], settings: Mapping[str, Any]) -> None:
        """Open a folder, and create it if necessary.

        Raises:
            InvalidRequestError: The folder belongs to another batch, or another process uses it.
            OSError: The folder cannot be read or written.
        """
        self._path = Path(path)
        self._manifest_path = self._path / "manifest.json"
        self._path.mkdir(parents=True, exist_ok=True)
        self._lock = (self._path / "lock").open("wb")
        self._saving = asyncio.Lock()
        try:
            lock_file(self._lock)
            self.manifest = read_manifest(self._manifest_path, settings)
            self._remove_leftovers()
        except BlockingIOError:
            self.close()
            raise InvalidRequestError(f"`{path}` is in use by another process", "folder") from None
        except BaseException:
            self.close()
            raise

    def _remove_leftovers(self) -> None:
        """Remove the unfinished files of a process that was killed."""
        for path in self._path.iterdir():
            if LEFTOVER.fullmatch(path.name) or path.match("part-*.tmp"):
                path.unlink()

    def close(self) -> None:
        """Unlock the folder."""
        self._lock.close()

    async def save(self) -> None:
        """Save the manifest atomically."""
        async with self._saving:
            text = json.dumps(converter.unstructure(self.manifest), indent=1)
            await uninterrupted(write_durably, self._manifest_path, text.encode())

    def file_of(self, part: Part | int, kind: str) -> Path:
        """Return the path of a part's `requests`, `refused`, `output` or `errors`."""
        number = part if isinstance(part, int) else part.number
        return self._path / f"part-{number:05d}.{kind}.jsonl"

    def name_of(self, part: Part) -> str:
        """Return the unique name under which the requests of a part are uploaded."""
        return f"batch-{self.manifest.batch_id}-{part.number:05d}.jsonl"

    async def lines(self, part: Part, kind: str) -> AsyncGenerator[bytes, None]:
        """Yield the lines of a file of a part. A missing file has none."""
        path = self.file_of(part, kind)
        if not path.exists():
            return
        with path.open("rb") as file:
            while lines := await asyncio.to_thread(lambda: [*islice(file, LINES)]):
                for line in lines:
                    yield line

    async def damage(self, part: Part) -> InvalidRequestError | None:
        """Return an error if the requests of a part have changed since they were written."""
        for kind in ("requests", "refused"):
            if not await self._is_unchanged(part, kind):
                path = self.file_of(part, kind)
                message = f"`{path}` has changed since it was written. {ADVICE}"
                return InvalidRequestError(message, "folder")
        return None

    async def has_results(self, part: Part) -> bool:
        """Return whether the results of a part are on disk and unchanged."""
        return part.downloaded and all([await self._is_unchanged(part, kind) for kind in RESULTS])

    async def _is_unchanged(self, part: Part, kind: str) -> bool:
        digest = part.digests.get(kind)
        return digest is None or digest == await asyncio.to_thread(
            _digest, self.file_of(part, kind)
        )

    async def keep_results(self, part: Part, kind: str) -> None:
        """Record the digest of downloaded results, so that later changes are detected."""
        part.digests[kind] = await asyncio.to_thread(_digest_durably, self.file_of(part, kind))

    async def drop_results(self, part: Part, kind: str) -> None:
        """Remove results that the job no longer has."""
        part.digests.pop(kind, None)
        await asyncio.to_thread(self.file_of(part, kind).unlink, missing_ok=True)


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a file, or `None` if it does not exist."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _digest_durably(path: Path) -> str:
    """Flush a file to disk and return its SHA-256."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a file atomically, even across a power failure."""
    with replacing(path, durable=True) as file:
        file.write(content)


async def uninterrupted(function: Callable[..., object], *args: object) -> None:
    """Run a function in a thread. Cancellation takes effect after it has returned."""
    task = asyncio.ensure_future(asyncio.to_thread(function, *args))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def lock_file(file: IO[bytes]) -> None:
    """Lock a file for this process while it is open, where locks are available.

    Raises:
        BlockingIOError: Another process has locked it.
    """
    if sys.platform != "win32":  # pragma: no branch
        import fcntl  # noqa: PLC0415 - not available on Windows

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
