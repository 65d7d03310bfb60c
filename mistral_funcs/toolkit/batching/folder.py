"""What a batch has on disk: its requests in parts, how far each of them is, and their results."""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any, final

from mistral_core import InvalidRequestError
from mistral_core.response.output_files import LEFTOVER, replacing
from mistral_core.structuring.converter import converter
from mistral_funcs.toolkit.batching.manifest import ADVICE, Part, read_manifest

LINES = 200
"""How many lines of results are read at once."""


RESULTS = ("output", "errors")
"""The kinds of files that a job's results are in."""


@final
class BatchFolder:
    """Hold a batch on disk, so that a process that died can be followed by one that goes on.

    Attributes:
        manifest: How far it is.
    """

    def __init__(self, path: str | os.PathLike[str], settings: Mapping[str, Any]) -> None:
        """Open a folder, which is made if it is not there.

        Raises:
            InvalidRequestError: It belongs to another batch, or another process is at it.
            OSError: It cannot be read or written.
        """
        self._path = Path(path)
        self._manifest_path = self._path / "manifest.json"
        self._path.mkdir(parents=True, exist_ok=True)
        self._lock = (self._path / "lock").open("wb")
        self._saving = asyncio.Lock()
        try:
            _lock(self._lock)
            self.manifest = read_manifest(self._manifest_path, settings)
            self._remove_leftovers()
        except BlockingIOError:
            self.close()
            raise InvalidRequestError(f"Another process works in {path}", "folder") from None
        except BaseException:
            self.close()
            raise

    def _remove_leftovers(self) -> None:
        """Remove the unfinished files of a process that was killed."""
        for path in self._path.iterdir():
            if LEFTOVER.fullmatch(path.name) or path.match("part-*.tmp"):
                path.unlink()

    def close(self) -> None:
        """Let others work in the folder."""
        self._lock.close()

    async def save(self) -> None:
        """Write down how far the batch is, wholly or not at all."""
        async with self._saving:
            text = json.dumps(converter.unstructure(self.manifest), indent=1)
            await _to_its_end(_write_durably, self._manifest_path, text.encode())

    def file_of(self, part: Part | int, kind: str) -> Path:
        """Return the path of a part's `requests`, `refused`, `output` or `errors`."""
        number = part if isinstance(part, int) else part.number
        return self._path / f"part-{number:05d}.{kind}.jsonl"

    def name_of(self, part: Part) -> str:
        """Return the name under which a part's requests are uploaded, which no other file has."""
        return f"batch-{self.manifest.batch_id}-{part.number:05d}.jsonl"

    async def lines(self, part: Part, kind: str) -> AsyncGenerator[bytes, None]:
        """Go through the lines of one of a part's files, which may be missing."""
        path = self.file_of(part, kind)
        if not path.exists():
            return
        with path.open("rb") as file:
            while some := await asyncio.to_thread(lambda: [*islice(file, LINES)]):
                for line in some:
                    yield line

    async def damage(self, part: Part) -> InvalidRequestError | None:
        """Return the error for a part whose requests are not as they were written."""
        for kind in ("requests", "refused"):
            if not await self._is_unchanged(part, kind):
                path = self.file_of(part, kind)
                message = f"`{path}` has changed since it was written. {ADVICE}"
                return InvalidRequestError(message, "folder")
        return None

    async def has_results(self, part: Part) -> bool:
        """Return whether the results of a part are here, as they were downloaded."""
        return part.downloaded and all([await self._is_unchanged(part, kind) for kind in RESULTS])

    async def _is_unchanged(self, part: Part, kind: str) -> bool:
        known = part.digests.get(kind)
        return known is None or known == await asyncio.to_thread(_digest, self.file_of(part, kind))

    async def keep_results(self, part: Part, kind: str) -> None:
        """Record the digest of results that were downloaded, so that they are checked later."""
        part.digests[kind] = await asyncio.to_thread(_digest_durably, self.file_of(part, kind))

    async def drop_results(self, part: Part, kind: str) -> None:
        """Remove results that the job does not have."""
        part.digests.pop(kind, None)
        await asyncio.to_thread(self.file_of(part, kind).unlink, missing_ok=True)


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a file, or `None` if there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _digest_durably(path: Path) -> str:
    """Return the SHA-256 of a file whose content survives a power failure from now on."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_durably(path: Path, content: bytes) -> None:
    """Write a file completely or not at all, even if the power fails."""
    with replacing(path, durable=True) as file:
        file.write(content)


async def _to_its_end(function: Callable[..., object], *args: object) -> None:
    """Call a function in a thread, and leave it when it is done: cancellation waits for it."""
    task = asyncio.ensure_future(asyncio.to_thread(function, *args))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


def _lock(file: IO[bytes]) -> None:
    """Let no other process have the file while this one has it open, where locks are to be had."""
    if sys.platform != "win32":  # pragma: no branch
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@final
class PartWriter:
    """Write requests into the files of a part, which come to be when it is sealed.

    Attributes:
        requests: How many were written.
        size: How many bytes they have.
        custom_ids: Their ids.
    """

    def __init__(self, folder: BatchFolder, number: int) -> None:
        """Begin a part."""
        self.requests = 0
        self.size = 0
        self.custom_ids: set[str] = set()
        self._folder = folder
        self._number = number
        self._refused: list[dict[str, str]] = []
        self._digest = hashlib.sha256()
        self._content = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._path = folder.file_of(number, "requests").with_suffix(".tmp")
        self._file: IO[bytes] = self._path.open("wb")

    @property
    def count(self) -> int:
        """How many requests it holds, those that were refused too."""
        return self.requests + len(self._refused)

    def add(self, custom_id: str, line: bytes | InvalidRequestError) -> None:
        """Add a request, or say why it cannot be sent."""
        self.custom_ids.add(custom_id)
        digest_request(self._digest, custom_id, line)
        if isinstance(line, bytes):
            self.requests += 1
            self.size += len(line)
            self._waiting.append(line)
            self._content.update(line)
        else:
            self._refused.append({"custom_id": custom_id, "message": line.message})

    async def flush(self) -> None:
        """Write what is waiting."""
        waiting, self._waiting = self._waiting, []
        await _to_its_end(self._file.write, b"".join(waiting))

    async def seal(self) -> Part:
        """End the part: from now on it is one of the batch's."""
        if not self._folder.manifest.parts:  # Requests without a manifest mean that it was lost.
            await self._folder.save()
        await self.flush()
        refused = b"".join(json.dumps(each).encode() + b"\n" for each in self._refused)
        await _to_its_end(self._seal, refused)
        part = Part(self._number, self.requests, len(self._refused), self._digest.hexdigest())
        part.digests["requests"] = self._content.hexdigest()
        part.digests["refused"] = hashlib.sha256(refused).hexdigest()
        self._folder.manifest.parts.append(part)
        await self._folder.save()
        return part

    def _seal(self, refused: bytes) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        _write_durably(self._folder.file_of(self._number, "refused"), refused)
        self._path.replace(self._folder.file_of(self._number, "requests"))

    def abandon(self) -> None:
        """Leave a part that is not sealed."""
        with suppress(OSError):  # On a full disk, closing fails as the write did.
            self._file.close()
        self._path.unlink(missing_ok=True)


def digest_request(digest: Any, custom_id: str, line: bytes | Exception) -> None:
    """Let a request count in what tells a part from all others."""
    digest.update(custom_id.encode("utf-8", "surrogatepass"))
    digest.update(line if isinstance(line, bytes) else b"refused")
